package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What npm needs to reach its registry, as environment variables: the credential and the proxies.
 *
 * @param proxies the proxies of settings.xml
 * @param credential the server that {@code npmServerId} names
 * @param npmRegistry the registry that it is for, the parameter of this name
 */
public record RegistryAccess(HttpProxies proxies, Optional<Credential> credential, Optional<String> npmRegistry) {

    /**
     * Returns npm with these variables. npm then also writes no debug log, unless the environment sets {@code npm_config_logs_max}. Such a
     * log would contain a registry's answers, which may repeat secrets.
     *
     * @param packageJson the project's, whose {@code publishConfig} may name a registry
     * @param mask hides the secrets from now on
     */
    public Npm open(Npm npm, PackageJson packageJson, SecretMask mask) {
        NpmProxies npmProxies = new NpmProxies(proxies, npm);
        Map<String, Secret> secrets = new TreeMap<>(npmProxies.secrets());
        credential.ifPresent(server -> secrets.putAll(
                NpmCredentials.variables(NpmCredentials.registries(npmRegistry, packageJson, npm), server)));
        secrets.values().forEach(mask::add);
        Map<String, String> variables = new TreeMap<>(npmProxies.variables());
        if (npm.configuration().variables().last("logs-max").isEmpty()) {
            variables.put("npm_config_logs_max", "0");
        }
        return npm.with(variables).withSecrets(secrets);
    }
}

package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.node.packages.PackageCache;
import io.github.olympe.maven.node.runtime.NodeInstallation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of Node.js and npm.
 *
 * @param project the project's folder
 * @param installation the Node.js to install privately; without it, that of the PATH is used
 * @param workspace the parameter {@code npmWorkspace}
 * @param arguments the parameter {@code npmArguments}
 * @param environment the environment variables of npm and everything that it runs, none of them secret
 * @param timeout how long one command may run
 * @param registry the parameter {@code npmRegistry}
 * @param credential the credential for the npm registry
 * @param proxies the proxies of settings.xml
 * @param offline whether npm uses only packages from its cache
 * @param packageCache the packages of earlier installs on this machine; empty if the cache is not used
 */
public record NpmSettings(
        Path project,
        Optional<NodeInstallation> installation,
        Optional<Path> workspace,
        List<String> arguments,
        Map<String, String> environment,
        Duration timeout,
        Optional<String> registry,
        Optional<Credential> credential,
        HttpProxies proxies,
        boolean offline,
        Optional<PackageCache> packageCache) {

    public NpmSettings {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}

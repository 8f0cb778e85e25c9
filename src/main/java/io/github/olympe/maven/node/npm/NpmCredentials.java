package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.Origin;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The credential that npm gets for a registry, as an environment variable: {@code npm_config_//host/:_authToken}. So it is on no command line
 * and in no file.
 */
public final class NpmCredentials {

    private static final String PUBLIC = "registry.npmjs.org";
    private static final Pattern SECRET =
            Pattern.compile("(?:.*:)?_(authToken|auth|password)", Pattern.CASE_INSENSITIVE);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]+}");

    private NpmCredentials() {}

    /**
     * Returns the variables with a credential for registries. npm looks for them by the URL in the form of browsers: the host in lower
     * case, and no default port.
     *
     * @param credential a token, or a user with a password
     */
    public static Map<String, Secret> variables(Set<NpmRegistry> registries, Credential credential) {
        Secret secret = credential
                .secret()
                .orElseThrow(() -> new OlympeException("The parameter 'npmServerId' (olympe.npmServerId) names the "
                        + credential.source() + ", which has no password. Give it the token, or the user's password."));
        Map<String, Secret> variables = new TreeMap<>();
        for (NpmRegistry registry : registries) {
            String key = "npm_config_//" + Origin.ofServer(registry.url()).authority()
                    + registry.url().normalize().getRawPath();
            if (credential.username().isPresent()) {
                String basic = credential.username().get() + ":" + secret.reveal();
                variables.put(
                        key + ":_auth",
                        Secret.of(Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8))));
            } else {
                variables.put(key + ":_authToken", secret);
            }
        }
        return variables;
    }

    /**
     * Returns the registries that {@code npmServerId} is for: the one of {@code npmRegistry}, else those that the project names. If a
     * {@code .npmrc} names npm's public registry for all packages, which is the default anyway, and also names others, the credential is
     * for the others.
     *
     * @param npm npm in the project
     * @throws OlympeException if there are none: a token is never sent to npm's public registry because nothing else was named
     */
    public static Set<NpmRegistry> registries(Optional<String> npmRegistry, PackageJson packageJson, Npm npm) {
        if (npmRegistry.isPresent()) {
            return Set.of(NpmRegistry.ofParameter(npmRegistry.get()));
        }
        String npmrc = "'" + npm.workspace().root().resolve(Npmrc.FILE_NAME) + "'";
        Set<NpmRegistry> registries = new LinkedHashSet<>();
        Set<NpmRegistry> defaults = new LinkedHashSet<>();
        packageJson
                .publishRegistry()
                .ifPresent(url -> registries.add(NpmRegistry.of("publishConfig of '" + packageJson.file() + "'", url)));
        npm.configuration().projectRegistries().forEach(entry -> {
            NpmRegistry registry = NpmRegistry.of(npmrc, entry.value());
            boolean saysTheDefault = entry.key().equals("registry")
                    && PUBLIC.equalsIgnoreCase(registry.url().getHost());
            (saysTheDefault ? defaults : registries).add(registry);
        });
        if (registries.isEmpty()) {
            registries.addAll(defaults);
        }
        if (registries.isEmpty()) {
            throw new OlympeException(
                    "The parameter 'npmServerId' (olympe.npmServerId) is set, but no setting names the registry that it is"
                            + " for. Set the parameter 'npmRegistry' (olympe.npmRegistry), or write 'registry=…' or '@scope:registry=…' into"
                            + " " + npmrc + ".");
        }
        return registries;
    }

    /** Hides the credentials in npm's configuration, which npm and its scripts may print: those of all its files and variables. */
    public static void hide(Npm npm, SecretMask mask) {
        npm.configuration().all().forEach(entry -> {
            Matcher kind = SECRET.matcher(entry.key());
            if (kind.matches()) {
                hide(kind.group(1), entry.value(), mask);
            }
        });
    }

    /** A value of npm's configuration; that of {@code _auth} and {@code _password} is in Base64. */
    private static void hide(String kind, String value, SecretMask mask) {
        if (value.isBlank() || VARIABLE.matcher(value).matches()) {
            return;
        }
        mask.add(Secret.of(value));
        if (!kind.equalsIgnoreCase("authToken")) {
            try {
                String plain = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
                String password = kind.equalsIgnoreCase("auth") ? plain.substring(plain.indexOf(':') + 1) : plain;
                if (!password.isEmpty()) {
                    mask.add(Secret.of(password));
                }
            } catch (IllegalArgumentException e) {
                // It is not Base64 after all; npm will report that.
            }
        }
    }
}

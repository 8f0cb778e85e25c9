package io.github.olympe.maven.node.npm;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.http.HttpProxies;
import io.github.olympe.maven.http.HttpProxy;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.text.ForeignText;
import io.github.olympe.maven.text.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What npm needs to reach a registry, as environment variables: its credential, as npm reads it from {@code npm_config_//host/:_authToken},
 * and the proxy before it. So a secret is on no command line and in no file.
 */
public final class NpmCredentials {

    private static final String NPMRC = ".npmrc";
    private static final String LOG_FILES = "npm_config_logs_max";
    private static final Pattern REGISTRY = Pattern.compile("\\s*+(@[^:=\\s]+:)?registry\\s*+=(.*)");
    private static final String PUBLIC = "registry.npmjs.org";
    private static final Pattern SECRET = Pattern.compile("\\s*+(?:[^=\\s]*:)?_(authToken|auth|password)\\s*+=(.*)");
    private static final Pattern SECRET_VARIABLE = Pattern.compile("(?i)npm_config_(?:.*:)?_(authToken|auth|password)");
    private static final int LARGEST_MEBIBYTES = 1;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");

    private NpmCredentials() {}

    /**
     * The variables that open registries with a credential.
     *
     * @param credential a token, or a user with a password
     */
    public static Map<String, Secret> variables(Set<NpmRegistry> registries, Credential credential) {
        Secret secret = credential
                .secret()
                .orElseThrow(() -> new OlympeException("The parameter 'npmServerId' (-Dolympe.npmServerId) names the "
                        + credential.source() + ", which has no password; give it the token, or the user's password."));
        Map<String, Secret> variables = new TreeMap<>();
        for (NpmRegistry registry : registries) {
            String key = "npm_config_//" + registry.url().getRawAuthority()
                    + registry.url().getRawPath();
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
     * The registries that {@code npmServerId} opens: the one of {@code npmRegistry}, else those that the project names. A {@code .npmrc}
     * that names npm's public registry for all packages only says what is so anyway: where there are others, the credential is theirs.
     *
     * @throws OlympeException if there are none: a token is never sent to npm's public registry because nothing else was named
     */
    public static Set<NpmRegistry> registries(
            Optional<String> npmRegistry, PackageJson packageJson, Path project, Map<String, String> environment) {
        if (npmRegistry.isPresent()) {
            return Set.of(NpmRegistry.of("the parameter 'npmRegistry' (-Dolympe.npmRegistry)", npmRegistry.get()));
        }
        Set<NpmRegistry> registries = new LinkedHashSet<>();
        Set<NpmRegistry> defaults = new LinkedHashSet<>();
        packageJson
                .publishRegistry()
                .ifPresent(url -> registries.add(NpmRegistry.of("publishConfig of '" + packageJson.file() + "'", url)));
        for (Path file : projectFiles(project)) {
            for (Matcher line : lines(file, REGISTRY)) {
                NpmRegistry registry = NpmRegistry.of("'" + file + "'", value(line.group(2), environment));
                boolean saysTheDefault = line.group(1) == null
                        && PUBLIC.equalsIgnoreCase(registry.url().getHost());
                (saysTheDefault ? defaults : registries).add(registry);
            }
        }
        if (registries.isEmpty()) {
            registries.addAll(defaults);
        }
        if (registries.isEmpty()) {
            throw new OlympeException(
                    "The parameter 'npmServerId' (-Dolympe.npmServerId) is set, but no registry is named that it is"
                            + " for; set the parameter 'npmRegistry' (-Dolympe.npmRegistry), or write 'registry=…' or '@scope:registry=…' into"
                            + " the .npmrc of '" + project + "'.");
        }
        return registries;
    }

    /**
     * Hides what {@code .npmrc} (the project's and the user's) and npm's variables have for credentials, which npm and its scripts may
     * print.
     */
    public static void hide(Path project, Map<String, String> environment, SecretMask mask) {
        List<Path> files = new ArrayList<>(projectFiles(project));
        files.add(variable("npm_config_userconfig", environment)
                .map(Path::of)
                .orElseGet(() -> Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), NPMRC)));
        for (Path file : files) {
            for (Matcher line : lines(file, SECRET)) {
                hide(line.group(1), value(line.group(2), environment), mask);
            }
        }
        environment.forEach((name, value) -> {
            Matcher matcher = SECRET_VARIABLE.matcher(name);
            if (matcher.matches()) {
                hide(matcher.group(1), value, mask);
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
                // Not that, then; npm will say so.
            }
        }
    }

    private static Set<Path> projectFiles(Path project) {
        Set<Path> files = new LinkedHashSet<>();
        files.add(project.resolve(NPMRC));
        files.add(NpmInstall.root(project).resolve(NPMRC));
        return files;
    }

    private static List<Matcher> lines(Path npmrc, Pattern pattern) {
        if (!Files.isRegularFile(npmrc)) {
            return List.of();
        }
        try {
            return ForeignText.read(npmrc, LARGEST_MEBIBYTES)
                    .lines()
                    .map(pattern::matcher)
                    .filter(Matcher::matches)
                    .toList();
        } catch (ForeignText.Malformed e) {
            throw new OlympeException(
                    "The file '" + npmrc + "' cannot be used (" + e.reason() + "); correct it, or leave it out.");
        } catch (IOException e) {
            throw new OlympeException("The file '" + npmrc + "' cannot be read (" + e + "); check its rights.", e);
        }
    }

    /** A value as npm takes it: without quotes, its variables replaced. */
    private static String value(String written, Map<String, String> environment) {
        return VARIABLE.matcher(written.strip().replaceAll("^\"(.*)\"$", "$1"))
                .replaceAll(match -> Matcher.quoteReplacement(
                        environment.getOrDefault(match.group(1).replaceFirst("\\?$", ""), match.group())));
    }

    private static Optional<String> variable(String name, Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /**
     * The variables for the proxies of {@code settings.xml} that ask for a password, for those protocols that the environment has none
     * for.
     *
     * @param environment the environment as it is
     */
    public static Map<String, Secret> proxySecrets(HttpProxies proxies, Map<String, String> environment) {
        Map<String, Secret> variables = new TreeMap<>();
        first(proxies, environment).forEach((name, proxy) -> {
            if (proxy.credential().isPresent()) {
                variables.put(name, Secret.of(url(proxy).toString()));
            }
        });
        return variables;
    }

    /**
     * The other variables for commands that talk to a registry: for the proxies, and against npm's own debug log, which holds what a
     * registry answers, and so perhaps what it was sent. A variable that is set already stays as it is.
     */
    public static Map<String, String> registryVariables(HttpProxies proxies, Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>();
        if (variable(LOG_FILES, environment).isEmpty()) {
            variables.put(LOG_FILES, "0");
        }
        first(proxies, environment).forEach((name, proxy) -> {
            if (proxy.credential().isEmpty()) {
                variables.put(name, url(proxy).toString());
            }
            if (!proxy.nonProxyHosts().isEmpty()) {
                variables.putIfAbsent(
                        "no_proxy", String.join(",", proxy.nonProxyHosts()).replace("*.", "."));
            }
        });
        return variables;
    }

    /** The first proxy for each variable that the environment does not have; one for http is for https, too, where there is no other. */
    private static Map<String, HttpProxy> first(HttpProxies proxies, Map<String, String> environment) {
        Map<String, HttpProxy> first = new LinkedHashMap<>();
        for (HttpProxy proxy : proxies.proxies()) {
            first.putIfAbsent(proxy.protocol().toLowerCase(Locale.ROOT) + "_proxy", proxy);
        }
        HttpProxy http = first.get("http_proxy");
        if (http != null) {
            first.putIfAbsent("https_proxy", http);
        }
        first.keySet().removeIf(name -> environment.keySet().stream().anyMatch(name::equalsIgnoreCase));
        return first;
    }

    private static URI url(HttpProxy proxy) {
        String user = proxy.credential()
                .map(credential -> encode(credential.username().orElse("")) + ":"
                        + encode(credential.secret().map(Secret::reveal).orElse("")) + "@")
                .orElse("");
        return URI.create("http://" + user + proxy.host() + ":" + proxy.port());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

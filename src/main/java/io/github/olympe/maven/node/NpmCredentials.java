package io.github.olympe.maven.node;

import io.github.olympe.maven.ForeignText;
import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.credential.Credential;
import io.github.olympe.maven.credential.HttpProxies;
import io.github.olympe.maven.credential.HttpProxy;
import io.github.olympe.maven.credential.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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
    private static final int LARGEST_MEBIBYTES = 1;
    private static final Pattern LINE = Pattern.compile("\\s*+((?:@[^:=\\s]+:)?registry)\\s*+=(.*)");
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
     * The registries that {@code npmServerId} opens: the one of {@code npmRegistry}, else those that the project names.
     *
     * @throws OlympeException if there are none: a token is never sent to npm's public registry because nothing else was named
     */
    public static Set<NpmRegistry> registries(
            Optional<String> npmRegistry, PackageJson packageJson, Path project, Map<String, String> environment) {
        if (npmRegistry.isPresent()) {
            return Set.of(NpmRegistry.of("the parameter 'npmRegistry' (-Dolympe.npmRegistry)", npmRegistry.get()));
        }
        Set<NpmRegistry> registries = new LinkedHashSet<>();
        packageJson
                .publishRegistry()
                .ifPresent(url -> registries.add(NpmRegistry.of("publishConfig of '" + packageJson.file() + "'", url)));
        for (Path folder : new LinkedHashSet<>(List.of(project, NpmInstall.root(project)))) {
            Path file = folder.resolve(NPMRC);
            for (String url : registryUrls(file, environment)) {
                registries.add(NpmRegistry.of("'" + file + "'", url));
            }
        }
        if (registries.isEmpty()) {
            throw new OlympeException(
                    "The parameter 'npmServerId' (-Dolympe.npmServerId) is set, but no registry is named that it is"
                            + " for; set the parameter 'npmRegistry' (-Dolympe.npmRegistry), or write 'registry=…' or '@scope:registry=…' into"
                            + " the .npmrc of '" + project + "'.");
        }
        return registries;
    }

    private static List<String> registryUrls(Path npmrc, Map<String, String> environment) {
        List<String> urls = new ArrayList<>();
        if (Files.isRegularFile(npmrc)) {
            try {
                for (String line :
                        ForeignText.read(npmrc, LARGEST_MEBIBYTES).lines().toList()) {
                    Matcher matcher = LINE.matcher(line);
                    if (matcher.matches()) {
                        urls.add(expand(matcher.group(2).strip().replaceAll("^\"(.*)\"$", "$1"), environment));
                    }
                }
            } catch (ForeignText.Malformed e) {
                throw new OlympeException(
                        "The file '" + npmrc + "' cannot be used (" + e.reason() + "); correct it, or leave it out.");
            } catch (IOException e) {
                throw new OlympeException("The file '" + npmrc + "' cannot be read (" + e + "); check its rights.", e);
            }
        }
        return urls;
    }

    private static String expand(String value, Map<String, String> environment) {
        return VARIABLE.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(
                        environment.getOrDefault(match.group(1).replaceFirst("\\?$", ""), match.group())));
    }

    /**
     * The variables for the proxies of {@code settings.xml}, for those protocols that the environment has none for.
     *
     * @param environment the environment as it is
     */
    public static Map<String, Secret> variables(HttpProxies proxies, Map<String, String> environment) {
        Map<String, Secret> variables = new TreeMap<>();
        for (HttpProxy proxy : proxies.proxies()) {
            String name = proxy.protocol().toLowerCase(Locale.ROOT) + "_proxy";
            if (environment.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                variables.putIfAbsent(name, Secret.of(url(proxy).toString()));
                if (!proxy.nonProxyHosts().isEmpty()) {
                    variables.putIfAbsent(
                            "no_proxy",
                            Secret.of(String.join(",", proxy.nonProxyHosts()).replace("*.", ".")));
                }
            }
        }
        return variables;
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

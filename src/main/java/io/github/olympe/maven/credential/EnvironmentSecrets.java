package io.github.olympe.maven.credential;

import io.github.olympe.maven.text.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the secrets in environment variables and in docker's configuration, which a command may print before the plugin has looked them up.
 */
public final class EnvironmentSecrets {

    /**
     * Matches names of variables such as {@code DRAW_PASSWORD}, {@code NPM_TOKEN}, {@code AWS_SECRET_ACCESS_KEY},
     * {@code SYSTEM_ACCESSTOKEN}.
     */
    private static final Predicate<String> NAME = Pattern.compile(
                    "(?i).*(?:password|passwd|passphrase|token|secret|secret_access_key|api_?key|private_?key)")
            .asMatchPredicate();

    /** In a line of text, where {@link SecretMask} searches, a quote ends a URL. In a variable it belongs to the password. */
    private static final Pattern PASSWORD_OF_URL =
            Pattern.compile("(?i)https?://([^\\s/?#@:]*:)?([^\\s/?#@]+)@([^\\s/?#]*)([^\\s?#]*)");

    private static final Pattern DOCKER_AUTH =
            Pattern.compile("\"(auth|password|identitytoken|registrytoken)\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern PADDING = Pattern.compile("\\x00+$");

    private EnvironmentSecrets() {}

    /** Returns whether a variable is named like a secret. */
    public static boolean isNamedLikeSecret(String variable) {
        return NAME.test(variable);
    }

    /**
     * Hides the values of variables that are named like a secret ({@code *PASSWORD}, {@code *TOKEN}, {@code *SECRET}, …), the credentials in
     * {@code DOCKER_AUTH_CONFIG}, and the passwords of URLs in all variables.
     */
    public static void hide(Map<String, String> environment, SecretMask mask) {
        environment.forEach((name, value) -> {
            if (NAME.test(name)) {
                hide(value.strip(), mask);
            }
            if (name.equals("DOCKER_AUTH_CONFIG")) {
                hideDocker(value, mask);
            }
            PASSWORD_OF_URL
                    .matcher(value)
                    .results()
                    .filter(match -> !isName(match))
                    .map(EnvironmentSecrets::secret)
                    .forEach(secret -> {
                        hide(secret, mask);
                        unescaped(secret).ifPresent(plain -> hide(plain, mask));
                    });
        });
    }

    /** Hides the values of properties that are named like a secret, such as {@code javax.net.ssl.trustStorePassword}. */
    public static void hide(Properties properties, SecretMask mask) {
        Map<String, String> texts = new HashMap<>();
        properties.forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name.toString(), text);
            }
        });
        hide(texts, mask);
    }

    /** Returns the password, or the user name if it is a token, as GitHub allows. */
    private static String secret(MatchResult url) {
        return url.group(1) != null && url.group(2).equals("x-oauth-basic")
                ? url.group(1).substring(0, url.group(1).length() - 1)
                : url.group(2);
    }

    private static boolean isName(MatchResult url) {
        return url.group(1) == null && UrlUser.isName(url.group(2), url.group(3), url.group(4));
    }

    /** Hides the credentials in the text of a docker configuration. */
    public static void hideDocker(String configuration, SecretMask mask) {
        DOCKER_AUTH.matcher(configuration).results().forEach(match -> {
            hide(match.group(2), mask);
            if (match.group(1).equals("auth")) {
                decoded(match.group(2)).ifPresent(login -> hide(login.substring(login.indexOf(':') + 1), mask));
            }
        });
    }

    /** Decodes Base64; absent if the text is not Base64. */
    private static Optional<String> decoded(String base64) {
        try {
            String login = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
            return Optional.of(PADDING.matcher(login).replaceFirst(""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the decoded user part of a URL, absent if its escapes are invalid. */
    private static Optional<String> unescaped(String part) {
        try {
            return Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void hide(String value, SecretMask mask) {
        if (!value.isEmpty()) {
            mask.add(Secret.of(value));
        }
    }
}

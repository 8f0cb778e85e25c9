package io.github.olympe.maven.credential;

import io.github.olympe.maven.text.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A way to log in to a server: a user with a password, a token alone, or a private key with its passphrase.
 *
 * @param source where it was found, as a user would name it: {@code server 'git' of settings.xml}, {@code OLYMPE_GIT_TOKEN}
 * @param username the user's name, absent for a token
 * @param secret the password or token, absent for a private key alone
 * @param privateKey the file of an SSH private key
 * @param passphrase that key's passphrase
 */
public record Credential(
        String source,
        Optional<String> username,
        Optional<Secret> secret,
        Optional<Path> privateKey,
        Optional<Secret> passphrase) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env\\.([^}]+)}");

    /** Returns a token that is used alone, such as a bearer token. */
    public static Credential ofToken(String source, Secret token) {
        return new Credential(source, Optional.empty(), Optional.of(token), Optional.empty(), Optional.empty());
    }

    /** Returns a user with a password. */
    public static Credential ofUser(String source, String username, Secret password) {
        return new Credential(source, Optional.of(username), Optional.of(password), Optional.empty(), Optional.empty());
    }

    /**
     * Returns the environment variable of a reference {@code ${env.X}} in {@code settings.xml} that has no value. Maven leaves such a
     * reference unchanged.
     */
    public Optional<String> missingVariable() {
        return Stream.of(username, secret.map(Secret::reveal), passphrase.map(Secret::reveal))
                .flatMap(Optional::stream)
                .flatMap(value -> VARIABLE.matcher(value).results())
                .map(match -> match.group(1))
                .findFirst();
    }
}

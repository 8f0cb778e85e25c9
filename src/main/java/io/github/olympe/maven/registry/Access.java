package io.github.olympe.maven.registry;

import java.util.List;

/**
 * What a request wants to do: the scopes that a token has to have, as the distribution project's token authentication writes them.
 *
 * @param repository the repository that the request is about, whose credential is used
 * @param scopes the scopes, {@code repository:acme/shop:pull,push}
 */
public record Access(String repository, List<String> scopes) {

    public Access {
        scopes = List.copyOf(scopes);
    }

    /** Reads from a repository. */
    public static Access pull(String repository) {
        return new Access(repository, List.of(scope(repository, "pull")));
    }

    /** Writes to a repository. */
    public static Access push(String repository) {
        return new Access(repository, List.of(scope(repository, "pull,push")));
    }

    /** Writes to a repository what is read from another one of the same registry. */
    static Access mount(String repository, String from) {
        return new Access(repository, List.of(scope(repository, "pull,push"), scope(from, "pull")));
    }

    private static String scope(String repository, String actions) {
        return "repository:" + repository + ":" + actions;
    }

    String key() {
        return String.join(" ", scopes);
    }
}

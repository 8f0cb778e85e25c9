package io.github.olympe.maven.registry.protocol;

import java.util.Optional;

/**
 * What requests do, and so what a token must allow.
 *
 * @param repository the repository, whose credential is used
 * @param push whether they write to it
 * @param from another repository of the same registry, from which a blob is to be mounted
 */
public record Access(String repository, boolean push, Optional<String> from) {

    /** Returns access for reading from a repository. */
    public static Access pull(String repository) {
        return new Access(repository, false, Optional.empty());
    }

    /** Returns access for writing to a repository. */
    public static Access push(String repository) {
        return new Access(repository, true, Optional.empty());
    }

    /** Returns access for writing to a repository what is read from another one. */
    static Access mount(String repository, String from) {
        return new Access(repository, true, Optional.of(from));
    }
}

package io.github.olympe.maven.registry.protocol;

import java.util.Optional;

/**
 * What requests want to do, and so what a token has to allow.
 *
 * @param repository the repository that they are about, whose credential is used
 * @param push whether they write to it
 * @param from another repository of the same registry, from which a blob is to be mounted
 */
public record Access(String repository, boolean push, Optional<String> from) {

    /** Reads from a repository. */
    public static Access pull(String repository) {
        return new Access(repository, false, Optional.empty());
    }

    /** Writes to a repository. */
    public static Access push(String repository) {
        return new Access(repository, true, Optional.empty());
    }

    /** Writes to a repository what is read from another one. */
    static Access mount(String repository, String from) {
        return new Access(repository, true, Optional.of(from));
    }
}

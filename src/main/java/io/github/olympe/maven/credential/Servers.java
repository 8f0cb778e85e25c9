package io.github.olympe.maven.credential;

import java.util.List;
import java.util.Optional;

/** The servers of {@code settings.xml}, with decrypted secrets. */
@FunctionalInterface
public interface Servers {

    /**
     * Finds the server with this id, absent if {@code settings.xml} has none.
     *
     * @throws io.github.olympe.maven.OlympeException if it cannot be decrypted
     */
    Optional<Credential> find(String id);

    /** Returns every credential that {@code settings.xml} holds; one that cannot be decrypted stays encrypted. */
    default List<Credential> all() {
        return List.of();
    }
}

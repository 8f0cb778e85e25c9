package io.github.olympe.maven.credential;

import java.util.List;
import java.util.Optional;

/** The servers of {@code settings.xml}, their secrets decrypted. */
@FunctionalInterface
public interface Servers {

    /**
     * The server with this id, absent where {@code settings.xml} has none.
     *
     * @throws io.github.olympe.maven.OlympeException if it is there but cannot be decrypted
     */
    Optional<Credential> find(String id);

    /** Returns every credential that {@code settings.xml} holds; one that cannot be decrypted stays encrypted. */
    default List<Credential> all() {
        return List.of();
    }
}

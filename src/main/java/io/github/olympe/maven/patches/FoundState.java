package io.github.olympe.maven.patches;

import java.util.Set;

/** A state that is there, and is read when it is known what it is compared with. */
public interface FoundState {

    /** Returns the digests of the layers that it consists of; none if it is not an image. */
    Set<String> layers();

    /**
     * Reads the state.
     *
     * @param other what it is compared with; the layers that both have are left out
     * @throws io.github.olympe.maven.OlympeException if it cannot be read
     */
    State read(FoundState other);

    /** Returns the part of this that can be compared with another state: of an environment's images, the one that it is about. */
    default FoundState comparableWith(FoundState other) {
        return this;
    }

    /** Returns a state that has no layers. */
    static FoundState of(State state) {
        return new FoundState() {
            @Override
            public Set<String> layers() {
                return Set.of();
            }

            @Override
            public State read(FoundState other) {
                return state;
            }
        };
    }
}

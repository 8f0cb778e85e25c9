package io.github.olympe.maven.patches;

import java.util.Set;

/** A state that exists. It is read once the other state is known. */
public interface FoundState {

    /** Returns the digests of the layers that it consists of; none if it is not an image. */
    Set<String> layers();

    /**
     * Reads the state.
     *
     * @param other the state to compare with; layers that both have are left out
     * @throws io.github.olympe.maven.OlympeException if it cannot be read
     */
    State read(FoundState other);

    /** Returns the part that can be compared with another state: for an environment, the corresponding image. */
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

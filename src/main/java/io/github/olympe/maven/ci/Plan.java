package io.github.olympe.maven.ci;

import java.util.List;

/**
 * What a goal is going to do in this build. Making a plan from settings finds every mistake in them. A plan can say what it will do before
 * it runs: {@code check} and dry runs print that.
 */
public interface Plan {

    /** Returns what will be done, or why nothing will be, one line each. */
    List<String> describe();

    /** Returns whether there is nothing to do; {@link #describe} says why. */
    default boolean isEmpty() {
        return false;
    }

    /** Returns what looks wrong but may be intended, one sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Checks what builds of other branches will do with the same settings, so that a mistake is found on any branch. {@code check} calls
     * it; the goal itself does not.
     *
     * @return what cannot be checked in this build, one sentence each
     * @throws io.github.olympe.maven.OlympeException if a setting is wrong
     */
    default List<String> checkOtherBuilds() {
        return List.of();
    }
}

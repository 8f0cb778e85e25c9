package io.github.olympe.maven.ci;

import java.util.List;

/**
 * What a goal of this build is going to do. A plan is made from settings; making it finds every mistake in them. It can say what it will
 * do before it is run: {@code check} and dry runs print that.
 */
public interface Plan {

    /** Returns what will be done, or why nothing will be, a line each. */
    List<String> describe();

    /** Returns whether there is nothing to do; {@link #describe} says why. */
    default boolean isEmpty() {
        return false;
    }

    /** Returns what looks wrong but may be meant, a sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Checks what builds of other branches will do with the same settings, so that a mistake is found on any branch. {@code check} calls
     * it; the goal itself does not.
     *
     * @return what cannot be checked in this build, a sentence each
     * @throws io.github.olympe.maven.OlympeException if a setting is wrong
     */
    default List<String> checkOtherBuilds() {
        return List.of();
    }
}

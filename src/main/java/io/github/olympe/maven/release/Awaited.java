package io.github.olympe.maven.release;

import java.util.Objects;

/**
 * What {@code await} found about a deployment.
 *
 * @param runs whether the environment served what was deployed
 * @param time the time of the finding, ISO 8601 in UTC
 * @param found the finding, a sentence without secrets
 */
public record Awaited(boolean runs, String time, String found) {

    public Awaited {
        Objects.requireNonNull(time, "a finding has no 'time'");
        Objects.requireNonNull(found, "a finding has no 'found'");
    }
}

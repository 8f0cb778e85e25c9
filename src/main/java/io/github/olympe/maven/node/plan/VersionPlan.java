package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.node.VersionBump;
import java.util.List;

/**
 * The new version of a project.
 *
 * @param bump sets it
 * @param version what it will be
 * @param dryRun whether nothing is written
 */
public record VersionPlan(VersionBump bump, String version, boolean dryRun) implements Plan {

    /**
     * Makes the plan.
     *
     * @throws OlympeException if there is no version, or the template makes none
     */
    public static VersionPlan of(VersionBump bump, boolean dryRun) {
        return new VersionPlan(bump, bump.version(), dryRun);
    }

    @Override
    public List<String> describe() {
        return List.of(
                dryRun
                        ? "Dry run: the version would be " + version + "."
                        : "Version " + version + " (was "
                                + bump.packageJson().version().orElse("none") + ")");
    }

    /** Writes the version into package.json and the lock file. */
    public void run() {
        if (!dryRun) {
            bump.write(version);
        }
    }
}

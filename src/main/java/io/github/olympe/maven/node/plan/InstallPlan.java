package io.github.olympe.maven.node.plan;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.node.PackageJson;
import io.github.olympe.maven.node.ProjectReview;
import java.util.List;

/**
 * The install of the npm packages.
 *
 * @param npm npm in the project
 * @param warnings likely mistakes
 */
public record InstallPlan(NpmPlan npm, List<String> warnings) implements Plan {

    /**
     * Makes the plan.
     *
     * @throws OlympeException if there is no usable package.json
     */
    public static InstallPlan of(NpmPlan npm) {
        ProjectReview review = ProjectReview.of(PackageJson.read(npm.project()));
        return new InstallPlan(npm, review.lockFile().stream().toList());
    }

    @Override
    public List<String> describe() {
        return List.of("npm packages: in " + npm.workspace().root().resolve("node_modules"));
    }

    /** Installs the packages, unless that would change nothing. */
    public void run(NodeSession session) {
        npm.install(session).run();
    }
}

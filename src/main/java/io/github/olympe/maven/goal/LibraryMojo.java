package io.github.olympe.maven.goal;

import io.github.olympe.maven.ci.Plan;
import io.github.olympe.maven.goal.session.GoalContext;
import io.github.olympe.maven.io.FileNames;
import io.github.olympe.maven.node.plan.PackPlan;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * A goal for the package of a library.
 *
 * @param <P> the goal's plan
 */
abstract class LibraryMojo<P extends Plan> extends NodeMojo<P> {

    /** The folder of the built library, which is packed. It contains a package.json with {@code codeAsData}. */
    @Parameter(property = "olympe.libraryDirectory", defaultValue = "dist")
    String libraryDirectory;

    final PackPlan pack(GoalContext context) {
        Path folder = FileNames.folder("libraryDirectory", context.projectDirectory(), libraryDirectory);
        return PackPlan.of(npm(context), folder, Optional.ofNullable(npmRegistry), context.outputDirectory());
    }
}

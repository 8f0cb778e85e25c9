package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.BuildOutput;
import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.node.Npm;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals have that build something: the steps, and how they run. */
abstract class AbstractBuildMojo extends AbstractNodeMojo {

    /**
     * Skips a step when its inputs are what they were when it last succeeded, and its outputs are still what it then made. Inputs are the
     * project's files that git does not ignore, the lock file, the step's script, Node.js's version and {@code incrementalEnvironment};
     * all are compared by content.
     */
    @Parameter(property = "olympe.incremental", defaultValue = "false")
    boolean incremental;

    /** The frontend's step. */
    final BuildStep frontendStep() {
        return BuildStep.script("frontend", frontendScript, List.of(output("dist/web", "frontend.source", false)));
    }

    /** The backend's step. */
    final BuildStep backendStep() {
        return BuildStep.script("backend", backendScript, List.of(output("dist/node", "backend.source", false)));
    }

    final BuildOutput output(String folder, String parameter, boolean codeAsData) {
        return new BuildOutput(projectDirectory(), Path.of(folder), parameter, codeAsData);
    }

    final void run(BuildStep step) {
        Npm npm = npmWithPackages();
        step.run(npm);
    }
}

package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.BuildOutput;
import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.node.IncrementalBuild;
import io.github.olympe.maven.node.Npm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals have that build something: the steps, and how they run. */
abstract class AbstractBuildMojo extends AbstractNodeMojo {

    /**
     * Leaves a step out when its inputs are what they were when it last succeeded, and its outputs are still what it then made. Inputs are
     * the project's files that git does not ignore, the installed packages, the step's script and arguments, Node.js's version and the
     * variables of {@code environmentVariables} and {@code incrementalEnvironment}; all are compared by content.
     */
    @Parameter(property = "olympe.incremental", defaultValue = "false")
    boolean incremental;

    /** Names of environment variables that the steps depend on, such as {@code NODE_ENV}: with {@code incremental}, a change runs them. */
    @Parameter(property = "olympe.incrementalEnvironment")
    @Nullable List<String> incrementalEnvironment;

    /** The folder of the built library, which is packed and published. */
    @Parameter(property = "olympe.libraryDirectory", defaultValue = "dist")
    String libraryDirectory;

    /** The frontend's step. */
    final BuildStep frontendStep() {
        return BuildStep.script(
                "frontend", frontendScript, List.of(output(frontendFolder(), "frontend.source", false)));
    }

    /** The backend's step. */
    final BuildStep backendStep() {
        return BuildStep.script("backend", backendScript, List.of(output(backendFolder(), "backend.source", false)));
    }

    final Path frontendFolder() {
        return projectDirectory().resolve("dist/web").normalize();
    }

    final Path backendFolder() {
        return projectDirectory().resolve("dist/node").normalize();
    }

    final Path codeAsDataFolder() {
        return projectDirectory().resolve("dist/codeAsData").normalize();
    }

    final Path libraryFolder() {
        return projectDirectory().resolve(libraryDirectory).normalize();
    }

    final BuildOutput output(Path folder, String parameter, boolean codeAsData) {
        List<Path> others = new ArrayList<>(List.of(frontendFolder(), backendFolder(), codeAsDataFolder()));
        others.removeIf(other -> other.equals(folder) || !other.startsWith(folder));
        return new BuildOutput(projectDirectory(), folder, parameter, others, codeAsData);
    }

    final void run(BuildStep step) {
        run(step, npmWithPackages());
    }

    final void run(BuildStep step, Npm npm) {
        if (incremental) {
            incrementalBuild().run(step, npm);
        } else {
            step.run(npm);
        }
    }

    private IncrementalBuild incrementalBuild() {
        Map<String, String> variables = new TreeMap<>();
        Map<String, String> environment = nodeEnvironment();
        for (String name : withoutBlanks(incrementalEnvironment)) {
            variables.put(name, String.valueOf(environment.get(name)));
        }
        if (environmentVariables != null) {
            environmentVariables.keySet().forEach(name -> variables.put(name, String.valueOf(environment.get(name))));
        }
        return new IncrementalBuild(
                outputDirectory().resolve("build"),
                List.of(
                        frontendFolder(),
                        backendFolder(),
                        codeAsDataFolder(),
                        libraryFolder(),
                        outputDirectory(),
                        Path.of(project.getBuild().getDirectory())
                                .toAbsolutePath()
                                .normalize()),
                variables);
    }
}

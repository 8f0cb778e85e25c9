package io.github.olympe.maven.goal;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.snapshot.Toolkit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the code as data of the project and its dependencies: {@code npx olympe buildCodeAsData}, which makes {@code dist/codeAsData}.
 * Afterwards the folder is there of each package that its
 * {@code import_order.json} lists and that has code as data.
 */
@Mojo(name = "build-code-as-data", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildCodeAsDataMojo extends AbstractBuildMojo {

    private static final Set<String> MODES = Set.of("all", "project", "dependencies");

    /**
     * What is gathered: {@code all} for a project to deploy, {@code project} for a library, or {@code dependencies}. By default
     * {@code project} with the packaging {@code olympe-library}, else {@code all}.
     */
    @Parameter(property = "olympe.codeAsData.mode")
    @Nullable String codeAsDataMode;

    @Override
    void run() {
        packageJson();
        if (codeAsData != null && codeAsData.skip) {
            getLog().info("There is no code as data to build: the section 'codeAsData' skips it.");
            return;
        }
        boolean isBuilt = pluginContext().remove(CODE_AS_DATA_BUILT) != null;
        if (isBuilt && codeAsDataMode == null) {
            getLog().info("The script that builds the library has gathered the code as data already.");
            return;
        }
        putBackInterruptedSnapshot();
        List<String> arguments = new ArrayList<>();
        arguments.add("buildCodeAsData");
        String mode = mode(codeAsDataMode, project);
        if (!mode.equals("all")) {
            arguments.addAll(List.of("--codeAsData.mode", mode));
        }
        if (codeAsData != null && codeAsData.source != null) {
            arguments.addAll(List.of(
                    "--codeAsData.workingDir",
                    "./"
                            + projectDirectory()
                                    .relativize(codeAsDataFolder())
                                    .toString()
                                    .replace('\\', '/')));
        }
        run(new BuildStep(
                "code as data",
                "npx olympe " + String.join(" ", arguments),
                npm -> npm.runLocal(Toolkit.COMMAND, Toolkit.PACKAGE, arguments),
                List.of(output(codeAsDataFolder(), "codeAsData/source", true))));
    }

    /** What is gathered of this project. */
    static String mode(@Nullable String codeAsDataMode, MavenProject project) {
        if (codeAsDataMode == null) {
            return project.getPackaging().equals("olympe-library") ? "project" : "all";
        }
        if (!MODES.contains(codeAsDataMode)) {
            throw new OlympeException("The parameter 'codeAsDataMode' (-Dolympe.codeAsData.mode) has the value '"
                    + codeAsDataMode + "', which the toolkit does not have; use 'all', 'project' or 'dependencies'.");
        }
        return codeAsDataMode;
    }
}

package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.BuildOutput;
import io.github.olympe.maven.node.BuildScript;
import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.node.PackageJson;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Builds a library of bricks: {@code npm run build}, which makes {@code dist}. Where that script also gathers the library's code as data,
 * {@code build-code-as-data} does not do it again.
 */
@Mojo(name = "build-library", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildLibraryMojo extends AbstractBuildMojo {

    /** The script of package.json that builds the library. */
    @Parameter(property = "olympe.libraryScript", defaultValue = "build")
    String libraryScript;

    @Override
    void run() {
        PackageJson packageJson = packageJson();
        packageJson.requireScript(libraryScript, "libraryScript");
        BuildOutput library = output(libraryFolder(), "libraryDirectory", false);
        if (!library.without().contains(codeAsDataFolder())
                || !new BuildScript(packageJson, libraryScript).gathersCodeAsData()) {
            run(BuildStep.script("library", libraryScript, List.of(library)));
            return;
        }
        putBackInterruptedSnapshot();
        BuildOutput patches = output(codeAsDataFolder(), "codeAsData/source", true);
        run(BuildStep.script("library", libraryScript, List.of(library.with(patches), patches)));
        pluginContext().put(CODE_AS_DATA_BUILT, this);
    }
}

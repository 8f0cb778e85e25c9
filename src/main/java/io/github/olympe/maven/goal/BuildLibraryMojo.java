package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.BuildStep;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Builds a library of bricks: {@code npm run build}, which makes {@code dist}. */
@Mojo(name = "build-library", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildLibraryMojo extends AbstractBuildMojo {

    /** The script of package.json that builds the library. */
    @Parameter(property = "olympe.libraryScript", defaultValue = "build")
    String libraryScript;

    @Override
    void run() {
        packageJson().requireScript(libraryScript, "libraryScript");
        run(BuildStep.script("library", libraryScript, List.of(output(libraryFolder(), "libraryDirectory", false))));
    }
}

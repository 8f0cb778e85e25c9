package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.BuildStep;
import io.github.olympe.maven.node.PackageJson;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Runs {@code npm test} where package.json has that script. */
@Mojo(name = "npm-test", defaultPhase = LifecyclePhase.TEST, threadSafe = true)
public class NpmTestMojo extends AbstractBuildMojo {

    /** What {@code npm init} writes where there are no tests yet. */
    private static final String NO_TEST = "echo \"Error: no test specified\" && exit 1";

    /** Leaves the tests out. */
    @Parameter(property = "skipTests", defaultValue = "false")
    boolean skipTests;

    /** Leaves the tests out, as {@code skipTests} does. */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    boolean mavenTestSkip;

    @Override
    void run() {
        if (skipTests || mavenTestSkip) {
            getLog().info("Tests are skipped.");
            return;
        }
        PackageJson packageJson = packageJson();
        if (!packageJson.hasScript("test")
                || NO_TEST.equals(packageJson.scripts().get("test"))) {
            getLog().info("package.json has no script 'test': there is nothing to test.");
            return;
        }
        run(new BuildStep("test", "npm test", npm -> npm.run("test"), List.of()));
    }
}

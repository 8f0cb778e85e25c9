package io.github.olympe.maven.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Builds the frontend: {@code npm run build:draw}, which makes {@code dist/web}. */
@Mojo(name = "build-frontend", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildFrontendMojo extends AbstractBuildMojo {

    @Override
    void run() {
        if (!packageJson().hasScript(frontendScript)) {
            getLog().info("package.json has no script '" + frontendScript + "': there is no frontend to build.");
            return;
        }
        run(frontendStep());
    }
}

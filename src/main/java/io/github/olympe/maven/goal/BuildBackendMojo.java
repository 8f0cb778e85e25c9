package io.github.olympe.maven.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Builds the backend: {@code npm run build:node}, which makes {@code dist/node}. */
@Mojo(name = "build-backend", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildBackendMojo extends AbstractBuildMojo {

    @Override
    void run() {
        if (!packageJson().hasScript(backendScript)) {
            getLog().info("package.json has no script '" + backendScript + "': there is no backend to build.");
            return;
        }
        run(backendStep());
    }
}

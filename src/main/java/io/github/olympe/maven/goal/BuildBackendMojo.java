package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.BuildStep;
import java.util.Optional;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Builds the backend: {@code npm run build:node}, which makes {@code dist/node}. */
@Mojo(name = "build-backend", defaultPhase = LifecyclePhase.COMPILE, threadSafe = true)
public class BuildBackendMojo extends AbstractBuildMojo {

    @Override
    void run() {
        if (pluginContext().remove(BACKEND_BUILT) != null) {
            getLog().info("The backend was built together with the frontend.");
            return;
        }
        Optional<BuildStep> backendStep = backendStep();
        if (backendStep.isEmpty()) {
            nothing("backend", backendScript);
            return;
        }
        run(backendStep.get());
    }
}

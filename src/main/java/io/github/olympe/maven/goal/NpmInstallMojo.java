package io.github.olympe.maven.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Installs the npm packages: {@code npm ci} where there is a lock file, else {@code npm install}, and nothing when {@code node_modules} is
 * what the lock file says already.
 */
@Mojo(name = "npm-install", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public class NpmInstallMojo extends AbstractNodeMojo {

    @Override
    void run() {
        packageJson();
        npmInstall().run();
    }
}

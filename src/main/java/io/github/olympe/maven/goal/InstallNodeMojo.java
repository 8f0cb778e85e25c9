package io.github.olympe.maven.goal;

import io.github.olympe.maven.node.runtime.NodeRuntime;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Installs Node.js, and npm, privately when {@code nodeVersion} is set; else says which ones of the PATH are used. */
@Mojo(name = "install-node", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public class InstallNodeMojo extends AbstractNodeMojo {

    @Override
    void run() {
        NodeRuntime node = nodeRuntime();
        getLog().info("Node.js " + node.version() + " (" + node.node() + ")");
    }
}

package io.github.olympe.maven.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Packs the built library: {@code npm pack} of {@code dist} into {@code target/olympe}. */
@Mojo(name = "npm-pack", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class NpmPackMojo extends AbstractLibraryMojo {

    @Override
    void run() {
        getLog().info("Packed " + pack(libraryPackage()));
    }
}

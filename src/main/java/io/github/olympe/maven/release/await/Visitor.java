package io.github.olympe.maven.release.await;

/** Asks an environment for its files, as a browser does. */
@FunctionalInterface
public interface Visitor {

    /** Asks for a file, once. */
    Sight look(AwaitUrl url, ServedFile file);
}

package io.github.olympe.maven.release.await;

/** What waiting for an environment tells while it goes on. */
public interface AwaitLog {

    /** Something to know, a sentence. */
    void info(String sentence);

    /** Something that is not as it should be, a sentence. */
    void warn(String sentence);
}

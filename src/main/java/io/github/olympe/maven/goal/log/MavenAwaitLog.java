package io.github.olympe.maven.goal.log;

import io.github.olympe.maven.release.await.AwaitLog;
import org.apache.maven.plugin.logging.Log;

/** Tells of waiting for an environment in Maven's log. */
public record MavenAwaitLog(Log log) implements AwaitLog {

    @Override
    public void info(String sentence) {
        log.info(sentence);
    }

    @Override
    public void warn(String sentence) {
        log.warn(sentence);
    }
}

package io.github.olympe.maven.goal.log;

import io.github.olympe.maven.registry.ImageLog;
import org.apache.maven.plugin.logging.Log;

/** Writes messages about images to Maven's log. */
public record MavenImageLog(Log log) implements ImageLog {

    @Override
    public void info(String line) {
        log.info(line);
    }

    @Override
    public void warn(String line) {
        log.warn(line);
    }

    @Override
    public void debug(String line) {
        log.debug(line);
    }
}

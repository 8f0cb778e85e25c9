package io.github.olympe.maven.goal;

import io.github.olympe.maven.credential.SecretMask;
import io.github.olympe.maven.image.ImageLog;
import org.apache.maven.plugin.logging.Log;

/** Tells the story of the images to Maven's log, secrets hidden. */
record MavenImageLog(Log log, SecretMask mask) implements ImageLog {

    @Override
    public void info(String line) {
        log.info(mask.mask(line));
    }

    @Override
    public void warn(String line) {
        log.warn(mask.mask(line));
    }

    @Override
    public void debug(String line) {
        if (log.isDebugEnabled()) {
            log.debug(mask.mask(line));
        }
    }
}

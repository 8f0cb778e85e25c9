package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.text.ByteSize;
import java.time.Duration;

/** Logs every ten seconds how many bytes of a layer are compressed. */
public final class Progress {

    private static final long EVERY = Duration.ofSeconds(10).toNanos();

    private final ImageLog log;
    private final String image;
    private final String layer;
    private long last = System.nanoTime();

    public Progress(ImageLog log, String image, String layer) {
        this.log = log;
        this.image = image;
        this.layer = layer;
    }

    /** Adds bytes that are done. */
    public void at(long bytes) {
        long now = System.nanoTime();
        if (now - last >= EVERY) {
            last = now;
            log.info("Image '" + image + "': " + ByteSize.of(bytes) + " of the layer " + layer + " compressed so far");
        }
    }
}

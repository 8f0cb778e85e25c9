package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.registry.ImageLog;
import io.github.olympe.maven.text.ByteSize;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Logs every ten seconds how many bytes of a layer are compressed. */
public final class Progress {

    private static final long EVERY = Duration.ofSeconds(10).toNanos();

    private final ImageLog log;
    private final String image;
    private final String layer;
    private final LongSupplier clock;
    private long last;

    public Progress(ImageLog log, String image, String layer) {
        this(log, image, layer, System::nanoTime);
    }

    Progress(ImageLog log, String image, String layer, LongSupplier clock) {
        this.log = log;
        this.image = image;
        this.layer = layer;
        this.clock = clock;
        this.last = clock.getAsLong();
    }

    /** Adds bytes that are done. */
    public void at(long bytes) {
        long now = clock.getAsLong();
        if (now - last >= EVERY) {
            last = now;
            log.info("Image '" + image + "': " + ByteSize.of(bytes) + " of the layer " + layer + " compressed so far");
        }
    }
}

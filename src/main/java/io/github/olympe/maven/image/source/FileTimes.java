package io.github.olympe.maven.image.source;

import java.nio.ByteBuffer;

/**
 * The modification times of files in an image. A web server makes {@code ETag} and {@code Last-Modified} from time and size (nginx: in
 * whole seconds). So a file's time is computed from its content: the same content has the same time on every machine, and different content
 * has a different time. All times are in the 388 days before November 2026. They are always in the past, as HTTP requires (RFC 9110,
 * 8.8.2.1), but not far: a browser without other instructions caches a page for a tenth of its age.
 */
public final class FileTimes {

    /** 2025-10-09T08:53:20Z. It is also the time of everything that is not a file. */
    public static final long EARLIEST = 1_760_000_000L;

    private static final long SPAN = 1L << 25;

    private FileTimes() {}

    /** Returns the seconds since 1970 for a file with this SHA-256. */
    public static long of(byte[] hash) {
        return EARLIEST + (ByteBuffer.wrap(hash).getLong() & (SPAN - 1));
    }
}

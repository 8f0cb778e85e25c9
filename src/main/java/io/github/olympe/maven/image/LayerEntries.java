package io.github.olympe.maven.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a base image's layer, which may have been made by anybody: headers of an unbearable size, paths that no file system has and
 * paths that lead out of the image are refused.
 */
final class LayerEntries implements AutoCloseable {

    /** Linux's PATH_MAX. */
    private static final int LONGEST_PATH = 4096;

    /** What an entry may have in headers of its own; long names and extended attributes are there. */
    private static final long LARGEST_HEADERS = 4L << 20;

    private final Metered bytes;
    private final TarArchiveInputStream tar;
    private @Nullable TarArchiveEntry current;

    LayerEntries(InputStream uncompressed) {
        this.bytes = new Metered(uncompressed);
        this.tar = new TarArchiveInputStream(bytes, "UTF-8");
    }

    /** The next entry, {@code null} at the end. */
    @Nullable TarArchiveEntry next() throws IOException {
        bytes.left = LARGEST_HEADERS + (current == null ? 0 : current.getSize());
        try {
            current = tar.getNextEntry();
        } catch (RuntimeException e) {
            throw new IOException("its tar is broken (" + e.getMessage() + ")", e);
        }
        bytes.left = Long.MAX_VALUE;
        if (current != null) {
            require(current.getName());
            require(current.getLinkName());
            if (Arrays.asList(clean(current.getName()).split("/")).contains("..")) {
                throw new IOException("its path '" + current.getName() + "' leads out of the image");
            }
        }
        return current;
    }

    private static void require(@Nullable String path) throws IOException {
        if (path != null && (path.length() > LONGEST_PATH || path.indexOf('\0') >= 0)) {
            throw new IOException("its path '" + path + "' is none");
        }
    }

    /** The content of the entry that {@link #next()} gave. */
    InputStream content() {
        return tar;
    }

    /** A tar's name without {@code ./}, doubled slashes, and a slash at either end. */
    static String clean(String name) {
        int start = 0;
        while (name.startsWith("./", start) || name.startsWith("/", start)) {
            start += name.charAt(start) == '/' ? 1 : 2;
        }
        String path = name.substring(start);
        while (path.endsWith("/") || path.endsWith("/.")) {
            path = path.substring(0, path.lastIndexOf('/'));
        }
        return path.equals(".") ? "" : path.contains("//") ? path.replaceAll("/+", "/") : path;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    /** A stream of which only so much may be read. */
    private static final class Metered extends FilterInputStream {

        private long left = Long.MAX_VALUE;

        Metered(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            count(skipped);
            return skipped;
        }

        private void count(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("its headers are larger than " + (LARGEST_HEADERS >> 20) + " MiB");
            }
        }
    }
}

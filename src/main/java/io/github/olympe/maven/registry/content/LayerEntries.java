package io.github.olympe.maven.registry.content;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a layer from an untrusted source. It rejects huge headers, invalid paths, paths that lead out of the image, and
 * layers that unpack to far more than their size.
 */
public final class LayerEntries implements AutoCloseable {

    /** Linux's PATH_MAX. */
    private static final int LONGEST_PATH = 4096;

    /** The largest headers of an entry, which hold long names and extended attributes. They are read recursively. */
    private static final long LARGEST_HEADERS = 512L << 10;

    /**
     * The size up to which any layer may unpack, which takes some seconds. Preallocated files are full of zeros, which gzip shrinks to next
     * to nothing.
     */
    private static final long ALWAYS_ALLOWED = 4L << 30;

    /** A larger layer may unpack to this many times its own size. Programs and texts reach less than ten. */
    private static final long LARGEST_RATIO = 100;

    private static final int BUFFER = 65_536;
    private static final String GZIP = "\u001f\u008b";
    private static final String ZSTD = "\u0028\u00b5\u002f\u00fd";
    /** A skippable zstd frame may come first (RFC 8878, 3.1.2): {@code 0x184d2a50} to {@code 0x184d2a5f}, little-endian. */
    private static final String ZSTD_SKIPPABLE = "\u002a\u004d\u0018";

    private final Metered bytes;
    private final TarArchiveInputStream tar;
    private @Nullable TarArchiveEntry current;

    /**
     * Reads a layer's tar.
     *
     * @param layerSize the size of the layer as it comes from the registry, in bytes
     */
    public LayerEntries(InputStream uncompressed, long layerSize) {
        this.bytes = new Metered(
                uncompressed, ALWAYS_ALLOWED + LARGEST_RATIO * Math.min(layerSize, Long.MAX_VALUE / 2 / LARGEST_RATIO));
        this.tar = new TarArchiveInputStream(bytes, "UTF-8");
    }

    /**
     * Unpacks a layer's blob, a tar that may be compressed by gzip or zstd. The first bytes decide, because not every tool writes the right
     * media type. Closing the returned stream closes the blob.
     *
     * @throws IOException if it cannot be read; the blob is then closed
     */
    public static InputStream unpack(InputStream blob) throws IOException {
        BufferedInputStream in = new BufferedInputStream(blob, BUFFER);
        try {
            in.mark(ZSTD.length());
            String magic = new String(in.readNBytes(ZSTD.length()), StandardCharsets.ISO_8859_1);
            in.reset();
            if (magic.startsWith(GZIP)) {
                return new Gunzip(in);
            }
            return magic.equals(ZSTD) || magic.endsWith(ZSTD_SKIPPABLE) ? new ZstdInputStreamNoFinalizer(in) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        } catch (LinkageError e) {
            in.close();
            throw new IOException("it is compressed by zstd, which cannot be read on this machine: " + e, e);
        }
    }

    /** Returns the next entry, {@code null} at the end. */
    public @Nullable TarArchiveEntry next() throws IOException {
        bytes.headers = LARGEST_HEADERS + (current == null ? 0 : current.getSize());
        try {
            if (current != null && current.isSparse()) {
                tar.skip(Long.MAX_VALUE); // The library would read the holes byte by byte.
            }
            current = tar.getNextEntry();
        } catch (RuntimeException e) {
            throw new IOException("its tar is broken (" + e.getMessage() + ")", e);
        }
        bytes.headers = Long.MAX_VALUE;
        if (current != null) {
            bytes.expect(current.getSize());
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
            throw new IOException("the path '" + path + "' is not valid");
        }
    }

    /** Returns the content of the entry that {@link #next()} returned. Sparse files are not read, because their holes may have many GiB. */
    public InputStream content() throws IOException {
        if (current != null && current.isSparse()) {
            throw new IOException("its '/" + clean(current.getName()) + "' is a sparse file");
        }
        return tar;
    }

    /** Returns a path of a tar without {@code ./}, doubled slashes, and a slash at either end. */
    public static String clean(String name) {
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

    /** A stream with limits on what may be read: for an entry's headers and for the whole. Skipping counts as reading. */
    private static final class Metered extends InputStream {

        private final InputStream in;
        private final long allowed;
        private long headers = Long.MAX_VALUE;
        private long left;

        Metered(InputStream in, long allowed) {
            this.in = in;
            this.allowed = allowed;
            this.left = allowed;
        }

        /** Fails if an entry's declared size is too large. */
        void expect(long size) throws IOException {
            if (size > left) {
                throw tooLarge();
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private void count(long bytes) throws IOException {
            headers -= bytes;
            if (headers < 0) {
                throw new IOException("its headers are larger than " + (LARGEST_HEADERS >> 10) + " KiB");
            }
            left -= bytes;
            if (left < 0) {
                throw tooLarge();
            }
        }

        private IOException tooLarge() {
            return new IOException("it unpacks to more than " + (allowed >> 30) + " GiB");
        }
    }

    /** Unpacks a layer. */
    private static final class Gunzip extends GZIPInputStream {

        /** The most empty members of a gzip in a row: each is read recursively in the call for the one before. */
        private static final int MOST_EMPTY_PARTS = 1000;

        private int depth;

        Gunzip(InputStream in) throws IOException {
            super(in, BUFFER);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (++depth > MOST_EMPTY_PARTS) {
                throw new IOException("its gzip has more than " + MOST_EMPTY_PARTS + " empty parts");
            }
            try {
                return super.read(buffer, offset, length);
            } finally {
                depth--;
            }
        }
    }
}

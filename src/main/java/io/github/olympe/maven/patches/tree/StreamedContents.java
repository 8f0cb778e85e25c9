package io.github.olympe.maven.patches.tree;

import io.github.olympe.maven.io.TemporaryPath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Contents that can be read only once, one after the other, such as those of an archive. The id of each is kept. Those that will be opened
 * again are also kept in a temporary file until this is closed.
 */
public final class StreamedContents implements AutoCloseable {

    private static final int BUFFER = 65_536;

    private final TemporaryPath file;
    private final OutputStream out;
    private long end;

    private StreamedContents(TemporaryPath file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Creates the temporary file in a folder, which is created if it is missing. */
    public static StreamedContents in(Path folder) throws IOException {
        TemporaryPath file = TemporaryPath.in(folder);
        return new StreamedContents(file, new BufferedOutputStream(Files.newOutputStream(file.path()), BUFFER));
    }

    /**
     * Reads a content that can be opened again.
     *
     * @param place its source, for messages
     * @param size its size in bytes
     * @param attributes its mode and owner in words
     */
    public Content keep(String place, InputStream in, long size, String attributes) throws IOException {
        long start = end;
        String id = BlobId.of(in, size, out);
        end += size;
        return new Kept(place, size, id, attributes, start);
    }

    /** Reads a content for comparison only. */
    public static Content compared(String place, InputStream in, long size, String attributes) throws IOException {
        return new Compared(place, size, BlobId.of(in, size, OutputStream.nullOutputStream()), attributes);
    }

    /** Returns a content for something that is not a file, such as a link, whose target is the text. */
    public static Content text(String place, String text, String attributes) {
        return new Compared(place, 0, BlobId.of(text), attributes);
    }

    /** Returns whether a content can be read; those that are only compared cannot. */
    public static boolean isKept(Content content) {
        return !(content instanceof Compared);
    }

    @Override
    public void close() throws IOException {
        out.close();
        file.close();
    }

    private record Compared(String place, long size, String id, String attributes) implements Content {
        @Override
        public InputStream open() throws IOException {
            throw new IOException("its content is not kept");
        }
    }

    private final class Kept implements Content {

        private final String place;
        private final long size;
        private final String id;
        private final String attributes;
        private final long start;

        Kept(String place, long size, String id, String attributes, long start) {
            this.place = place;
            this.size = size;
            this.id = id;
            this.attributes = attributes;
            this.start = start;
        }

        @Override
        public String place() {
            return place;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String attributes() {
            return attributes;
        }

        @Override
        public InputStream open() throws IOException {
            out.flush();
            FileChannel channel = FileChannel.open(file.path());
            channel.position(start);
            return new Part(new BufferedInputStream(Channels.newInputStream(channel), BUFFER), size);
        }
    }

    /** The first bytes of a stream. */
    private static final class Part extends InputStream {

        private final InputStream in;
        private long left;

        Part(InputStream in, long size) {
            this.in = in;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? in.read() : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int read = left <= 0 ? -1 : in.read(buffer, offset, (int) Math.min(left, length));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

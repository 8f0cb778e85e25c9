package io.github.olympe.maven.vet.scan;

import io.github.olympe.maven.vet.rule.Hit;
import io.github.olympe.maven.vet.rule.Rules;
import io.github.olympe.maven.vet.rule.TextKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Inspects the content of one file after the other. The content comes in parts. */
final class FileInspector {

    /** The number of bytes that git inspects to distinguish binary files from texts. */
    private static final int HEAD = 8000;

    private static final String GZIP_ENDING = ".gz";

    private final long largestText;
    private final int largestWhole;
    private final TextScanner scanner = new TextScanner();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private String path = "";
    private boolean isServed;
    private boolean isUnpacked;
    private long size;
    private long seen;
    private Encoding encoding = Encoding.BYTES;
    private State state = State.HEAD;

    private enum State {
        /** The beginning is buffered to find out what the file is. */
        HEAD,
        /** The whole file is buffered. */
        WHOLE,
        /** It is scanned while it is read. */
        TEXT,
        /** It is skipped. */
        BINARY
    }

    /**
     * The result for a file.
     *
     * @param hits rules that apply to it
     * @param isBinary whether it is not a text and was not inspected
     * @param isLarge whether only its beginning was inspected
     */
    record Result(List<Hit> hits, boolean isBinary, boolean isLarge) {}

    FileInspector() {
        this(64L << 20, 8 << 20);
    }

    /**
     * Creates an inspector with limits of its own.
     *
     * @param largestText only this much of a larger file is inspected
     * @param largestWhole a larger file is not a configuration, and a larger compressed file is not unpacked
     */
    FileInspector(long largestText, int largestWhole) {
        this.largestText = largestText;
        this.largestWhole = largestWhole;
    }

    void begin(String filePath, boolean served, long fileSize) {
        begin(filePath, served, fileSize, false);
    }

    private void begin(String filePath, boolean served, long fileSize, boolean unpacked) {
        path = filePath;
        isServed = served;
        isUnpacked = unpacked;
        size = fileSize;
        seen = 0;
        state = State.HEAD;
        held.reset();
    }

    void add(byte[] bytes, int offset, int length) {
        int wanted = (int) Math.min(length, largestText - seen);
        seen += wanted;
        if (state == State.TEXT) {
            scan(bytes, offset, wanted);
        } else if (state != State.BINARY) {
            held.write(bytes, offset, wanted);
            if (state == State.HEAD && held.size() >= HEAD) {
                decide();
            }
        }
    }

    private void decide() {
        byte[] head = held.toByteArray();
        encoding = Encoding.of(Arrays.copyOf(head, Math.min(head.length, HEAD)), TextKind.isText(path));
        boolean isPacked = encoding == Encoding.GZIP;
        if (encoding == Encoding.BINARY || isPacked && (isUnpacked || size > largestWhole)) {
            state = State.BINARY;
        } else if (isPacked || size <= largestWhole && (Rules.wantsWhole(path) || encoding.isUtf16())) {
            state = State.WHOLE;
        } else {
            state = State.TEXT;
            scanner.begin(TextKind.of(path));
            scan(head, 0, head.length);
        }
    }

    /** Scans bytes. The rules look for ASCII, and ASCII letters in UTF-16 are the same without their zero bytes. */
    private void scan(byte[] bytes, int offset, int length) {
        if (!encoding.isUtf16()) {
            scanner.add(bytes, offset, length);
            return;
        }
        byte[] letters = new byte[length];
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != 0) {
                letters[count++] = bytes[i];
            }
        }
        scanner.add(letters, 0, count);
    }

    Result end() {
        if (state == State.HEAD) {
            decide();
        }
        if (state == State.WHOLE && encoding == Encoding.GZIP) {
            return unpack(held.toByteArray());
        }
        List<Hit> hits = new ArrayList<>();
        if (state == State.WHOLE) {
            String text = encoding.text(held.toByteArray());
            hits.addAll(Rules.ofFile(path, text, isServed));
            scanner.begin(TextKind.of(path));
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            scanner.add(utf8, 0, utf8.length);
        }
        if (state != State.BINARY && isServed) {
            hits.addAll(scanner.end());
        }
        boolean isText = state != State.BINARY;
        return new Result(hits, !isText && isServed, isText && isServed && size > largestText);
    }

    /** Inspects the content of a compressed file. Content that is compressed twice is skipped. */
    private Result unpack(byte[] packed) {
        boolean isNamed = path.endsWith(GZIP_ENDING);
        begin(
                isNamed ? path.substring(0, path.length() - GZIP_ENDING.length()) : path,
                isServed,
                unpackedSize(packed),
                true);
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            long unpacked = 0;
            for (int n = in.read(buffer); n != -1 && unpacked <= largestText; n = in.read(buffer)) {
                add(buffer, 0, n);
                unpacked += n;
            }
            size = Math.max(size, unpacked); // The size at the end is that of the last part, if there are several.
        } catch (IOException e) { // No browser unpacks more of it either.
            size = seen;
        }
        return end();
    }

    /** Returns the size at the end of a file (RFC 1952), modulo 4 GiB. */
    private static long unpackedSize(byte[] packed) {
        long unpacked = 0;
        for (int i = packed.length - 1; i >= Math.max(0, packed.length - 4); i--) {
            unpacked = unpacked << 8 | packed[i] & 0xff;
        }
        return unpacked;
    }
}

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
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Looks through the content of one file after the other; it comes in parts. */
final class FileInspector {

    /** Of a larger file only so much is looked at. */
    private static final long LARGEST_TEXT = 64L << 20;

    /** A larger file is no configuration, and a larger compressed one is not unpacked. */
    private static final int LARGEST_WHOLE = 8 << 20;

    /** As much as git looks at to tell binary files from texts. */
    private static final int HEAD = 8000;

    private static final String GZIP_ENDING = ".gz";

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
        /** The beginning, which tells what it is, is held. */
        HEAD,
        /** All of it is held. */
        WHOLE,
        /** It is scanned as it comes. */
        TEXT,
        /** It is passed over. */
        BINARY
    }

    /**
     * What a file has.
     *
     * @param hits rules that apply to it
     * @param isBinary whether it is no text, and was not looked at
     * @param isLarge whether only its beginning was looked at
     */
    record Result(List<Hit> hits, boolean isBinary, boolean isLarge) {}

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
        int wanted = (int) Math.min(length, LARGEST_TEXT - seen);
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
        encoding = Encoding.of(head, TextKind.isText(path));
        boolean isPacked = encoding == Encoding.GZIP;
        if (encoding == Encoding.BINARY || isPacked && (isUnpacked || size > LARGEST_WHOLE)) {
            state = State.BINARY;
        } else if (isPacked || size <= LARGEST_WHOLE && (Rules.wantsWhole(path) || encoding.isUtf16())) {
            state = State.WHOLE;
        } else {
            state = State.TEXT;
            scanner.begin(TextKind.of(path));
            scan(head, 0, head.length);
        }
    }

    /** What the rules look for is ASCII: without their zero bytes, the letters of UTF-16 are that. */
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
        return new Result(hits, !isText && isServed, isText && isServed && size > LARGEST_TEXT);
    }

    /** Looks through what a file has compressed; what is compressed twice is passed over. */
    private Result unpack(byte[] packed) {
        boolean isNamed = path.endsWith(GZIP_ENDING);
        begin(
                isNamed ? path.substring(0, path.length() - GZIP_ENDING.length()) : path,
                isServed,
                unpackedSize(packed),
                true);
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            for (int n = in.read(buffer); n >= 0 && seen < LARGEST_TEXT; n = in.read(buffer)) {
                add(buffer, 0, n);
            }
        } catch (IOException e) { // No browser unpacks more of it either.
            size = seen;
        }
        return end();
    }

    /** What RFC 1952 has at the end of a file, modulo 4 GiB. */
    private static long unpackedSize(byte[] packed) {
        long unpacked = 0;
        for (int i = Math.max(0, packed.length - 4); i < packed.length; i++) {
            unpacked |= (packed[i] & 0xffL) << 8 * (i - packed.length + 4);
        }
        return unpacked;
    }
}

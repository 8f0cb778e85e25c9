package io.github.olympe.maven.vet.scan;

import io.github.olympe.maven.vet.rule.Hit;
import io.github.olympe.maven.vet.rule.Rules;
import io.github.olympe.maven.vet.rule.TextKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks through the content of one file after the other; it comes in parts. */
final class FileInspector {

    /** Of a larger file only so much is looked at. */
    private static final long LARGEST_TEXT = 64L << 20;

    /** A larger file is no configuration. */
    private static final int LARGEST_WHOLE = 1 << 20;

    /** As much as git looks at to tell binary files from texts. */
    private static final int HEAD = 8000;

    private final TextScanner scanner = new TextScanner();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private String path = "";
    private boolean isServed;
    private long size;
    private long seen;
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
        path = filePath;
        isServed = served;
        size = fileSize;
        seen = 0;
        state = State.HEAD;
        held.reset();
    }

    void add(byte[] bytes, int offset, int length) {
        int wanted = (int) Math.min(length, LARGEST_TEXT - seen);
        seen += wanted;
        if (state == State.TEXT) {
            scanner.add(bytes, offset, wanted);
        } else if (state != State.BINARY) {
            held.write(bytes, offset, wanted);
            if (state == State.HEAD && held.size() >= HEAD) {
                decide();
            }
        }
    }

    private void decide() {
        byte[] head = held.toByteArray();
        Charset charset = charset(head);
        if (charset == StandardCharsets.UTF_8 && hasNul(head)) {
            state = State.BINARY;
        } else if (size <= LARGEST_WHOLE && (Rules.wantsWhole(path) || charset != StandardCharsets.UTF_8)) {
            state = State.WHOLE;
        } else {
            state = State.TEXT;
            scanner.begin(TextKind.of(path));
            scanner.add(head, 0, head.length);
        }
    }

    Result end() {
        if (state == State.HEAD) {
            decide();
        }
        List<Hit> hits = new ArrayList<>();
        if (state == State.WHOLE) {
            byte[] bytes = held.toByteArray();
            String text = withoutMark(new String(bytes, charset(bytes)));
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

    /** UTF-16 where its mark is there, as Windows' shells write it. */
    private static Charset charset(byte[] head) {
        int mark = head.length < 2 ? 0 : (head[0] & 0xff) << 8 | head[1] & 0xff;
        return mark == 0xfffe
                ? StandardCharsets.UTF_16LE
                : mark == 0xfeff ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}

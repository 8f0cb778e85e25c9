package io.github.olympe.maven.vet.scan;

import io.github.olympe.maven.vet.rule.Hit;
import io.github.olympe.maven.vet.rule.Rules;
import io.github.olympe.maven.vet.rule.TextKind;
import io.github.olympe.maven.vet.rule.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Applies the rules for texts to a text of any length, which comes in parts, with a buffer of fixed size: it searches for the anchors
 * everywhere, and applies the patterns where one is found. Bytes are read as Latin-1, in which everything that the rules look for is the
 * same as in UTF-8.
 */
final class TextScanner {

    private static final int BUFFER = 1 << 17;

    private static final List<TextRule> RULES = Rules.texts();
    private static final Anchors ANCHORS =
            new Anchors(RULES.stream().map(TextRule::anchor).toList());

    private final byte[] buffer = new byte[BUFFER];
    private final CharSequence text = new Latin1();
    private List<Hit> hits = new ArrayList<>();
    private TextKind kind = TextKind.OTHER;
    private int filled;
    private int scanned;
    private int counted;
    private int line;

    /** Begins a text. */
    void begin(TextKind kindOfText) {
        kind = kindOfText;
        hits = new ArrayList<>();
        filled = 0;
        scanned = 0;
        counted = 0;
        line = 1;
    }

    /** Receives the next part of the text. */
    void add(byte[] bytes, int offset, int length) {
        for (int from = offset; from < offset + length; ) {
            int fits = Math.min(offset + length - from, BUFFER - filled);
            System.arraycopy(bytes, from, buffer, filled, fits);
            from += fits;
            filled += fits;
            if (filled == BUFFER) {
                scan(filled - TextRule.AFTER);
                forget();
            }
        }
    }

    /** Ends the text and returns its findings. */
    List<Hit> end() {
        scan(filled);
        return hits;
    }

    private void scan(int to) {
        ANCHORS.find(buffer, scanned, to, filled, this::apply);
        count(to);
        scanned = to;
    }

    /** Drops what is no longer needed. What a pattern may look back to, and what has not been scanned, stays. */
    private void forget() {
        int from = scanned - TextRule.BEFORE;
        System.arraycopy(buffer, from, buffer, 0, filled - from);
        filled -= from;
        scanned -= from;
        counted -= from;
    }

    /** Counts lines. An anchor that is found late may begin within the one before, where no line ends: anchors are in one line. */
    private void count(int to) {
        for (; counted < to; counted++) {
            if (buffer[counted] == '\n') {
                line++;
            }
        }
    }

    private void apply(int word, int start) {
        TextRule rule = RULES.get(word);
        if (rule.where().test(kind)) {
            Matcher matcher = rule.pattern()
                    .matcher(text)
                    .useTransparentBounds(true)
                    .region(start, Math.min(filled, start + TextRule.AFTER));
            if (matcher.lookingAt() && rule.isMeant().test(matcher)) {
                count(start);
                hits.add(new Hit(rule.rule(), line));
            }
        }
    }

    /** The content of the buffer as characters. */
    private final class Latin1 implements CharSequence {

        @Override
        public int length() {
            return filled;
        }

        @Override
        public char charAt(int index) {
            return (char) (buffer[index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(buffer, start, end - start, StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            return new String(buffer, 0, filled, StandardCharsets.ISO_8859_1);
        }
    }
}

package io.github.olympe.maven.process;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Splits a command's output into lines, in UTF-8 and with secrets hidden. Lines may end as on Unix or Windows, or as progress bars do. Only
 * the beginning of a very long line is passed on.
 */
final class OutputLines extends OutputStream {

    /** How many bytes of a line are kept. */
    static final int LONGEST = 256 << 10;

    /** How many bytes at the end of a cut line are dropped: they may hold half a secret, which is not recognised. */
    private static final int UNSURE = 64 << 10;

    private final UnaryOperator<String> mask;
    private final Consumer<String> lines;
    private byte[] line = new byte[1 << 10];
    private long length;
    private boolean afterReturn;

    /**
     * Creates a stream that passes on lines.
     *
     * @param mask replaces secrets in a text
     * @param lines receives each line, without its end
     */
    OutputLines(UnaryOperator<String> mask, Consumer<String> lines) {
        this.mask = mask;
        this.lines = lines;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int begin = offset;
        for (int i = offset; i < offset + count; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                add(bytes, begin, i - begin);
                if (b == '\r' || !afterReturn) {
                    tell();
                }
                begin = i + 1;
            }
            afterReturn = b == '\r';
        }
        add(bytes, begin, offset + count - begin);
    }

    private void add(byte[] bytes, int offset, int count) {
        int kept = (int) Math.max(0, Math.min(count, LONGEST - length));
        if (kept > 0) {
            if (length + kept > line.length) {
                line = Arrays.copyOf(line, (int) Math.min(LONGEST, 2 * (length + kept)));
            }
            System.arraycopy(bytes, offset, line, (int) length, kept);
        }
        length += count;
    }

    private void tell() {
        String text = mask.apply(new String(line, 0, (int) Math.min(length, LONGEST), StandardCharsets.UTF_8));
        if (length > LONGEST) {
            text = text.substring(0, Math.max(0, text.length() - UNSURE)) + " … (a line of " + length + " bytes)";
        }
        length = 0;
        lines.accept(text);
    }

    /** Passes on the rest as the last line: the end of the output ends it too. */
    @Override
    public void close() {
        if (length > 0) {
            tell();
        }
    }
}

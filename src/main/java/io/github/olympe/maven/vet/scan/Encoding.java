package io.github.olympe.maven.vet.scan;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The encoding of a file, recognised by its beginning. */
enum Encoding {
    /** UTF-8, Latin-1 and other extensions of ASCII. */
    BYTES(StandardCharsets.UTF_8),
    UTF_16LE(StandardCharsets.UTF_16LE),
    UTF_16BE(StandardCharsets.UTF_16BE),
    /** Compressed by gzip, as nginx's {@code gzip_static} serves it. */
    GZIP(StandardCharsets.UTF_8),
    /** Not a text. */
    BINARY(StandardCharsets.UTF_8);

    private static final int MARK_LE = 0xfffe;
    private static final int MARK_BE = 0xfeff;
    private static final int MARK_GZIP = 0x1f8b;

    private final Charset charset;

    Encoding(Charset charset) {
        this.charset = charset;
    }

    boolean isUtf16() {
        return this == UTF_16LE || this == UTF_16BE;
    }

    /** Returns the text of a whole file, without a byte order mark. */
    String text(byte[] bytes) {
        String text = new String(bytes, charset);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /**
     * Returns the encoding of a file.
     *
     * @param isText whether its name says that it is a text
     */
    static Encoding of(byte[] head, boolean isText) {
        int mark = head.length < 2 ? 0 : (head[0] & 0xff) << 8 | head[1] & 0xff;
        if (mark == MARK_GZIP) {
            return GZIP;
        }
        int even = nuls(head, 0);
        int odd = nuls(head, 1);
        // Without a mark: each letter of ASCII has a zero byte on the same side.
        int most = head.length / 4;
        if (mark == MARK_LE || odd > most && even == 0) {
            return UTF_16LE;
        }
        if (mark == MARK_BE || even > most && odd == 0) {
            return UTF_16BE;
        }
        return even + odd == 0 || isText ? BYTES : BINARY;
    }

    private static int nuls(byte[] bytes, int from) {
        int count = 0;
        for (int i = from; i < bytes.length; i += 2) {
            count += bytes[i] == 0 ? 1 : 0;
        }
        return count;
    }
}

package io.github.olympe.maven.image.dockerfile;

import io.github.olympe.maven.image.dockerfile.files.Content;
import io.github.olympe.maven.image.dockerfile.files.FilesException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Recognises files that ADD unpacks: tar archives, plain or compressed. */
final class Archives {

    private static final int BLOCK = 512;
    private static final int LARGEST_PREFIX = 64 << 10;

    private Archives() {}

    /** Returns whether it may be a tar archive: a plain one, one compressed with gzip, or a file compressed in another way. */
    static boolean isArchive(Content content) throws FilesException {
        byte[] start;
        try (InputStream in = content.open()) {
            start = in.readNBytes(LARGEST_PREFIX);
        } catch (IOException e) {
            throw new FilesException("a file cannot be read (" + e + ")");
        }
        if (startsWith(start, 0x1f, 0x8b)) {
            return isTar(unpacked(start));
        }
        return isTar(start)
                || startsWith(start, 'B', 'Z', 'h')
                || startsWith(start, 0xfd, '7', 'z', 'X', 'Z', 0)
                || startsWith(start, 0x28, 0xb5, 0x2f, 0xfd);
    }

    private static byte[] unpacked(byte[] start) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(start))) {
            return in.readNBytes(BLOCK);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static boolean isTar(byte[] start) {
        if (start.length < BLOCK) {
            return false;
        }
        byte[] header = Arrays.copyOf(start, BLOCK);
        boolean isEmpty = header[0] == 0;
        return !isEmpty && TarUtils.verifyCheckSum(header);
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}

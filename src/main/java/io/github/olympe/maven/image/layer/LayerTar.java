package io.github.olympe.maven.image.layer;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.image.source.FileTimes;
import io.github.olympe.maven.image.source.SourceEntry.Type;
import io.github.olympe.maven.image.source.SourceTree;
import io.github.olympe.maven.registry.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Writes the tar of a layer: POSIX ustar headers, with a pax header (IEEE Std 1003.1) before an entry for whatever does not fit (a name
 * that is not ASCII or over 100 bytes, a size of 8 GiB, a number over 2,097,151). The same entries always give the same bytes.
 */
public final class LayerTar {

    static final int BLOCK = 512;

    private static final int LONGEST_NAME = 100;
    private static final long LARGEST_OCTAL_7 = 07777777L;
    private static final long LARGEST_OCTAL_11 = 077777777777L;
    private static final byte[] ZEROS = new byte[2 * BLOCK];

    private final OutputStream out;
    private final byte[] header = new byte[BLOCK];
    private final byte[] buffer = new byte[64 * 1024];
    private final MessageDigest sha256 = Digest.sha256();

    LayerTar(OutputStream out) {
        this.out = out;
    }

    void write(LayerEntry entry) throws IOException {
        boolean hardLink = entry.type() == Type.FILE && entry.linkTarget() != null;
        long modified = entry.type() == Type.FILE ? FileTimes.of(entry.hash()) : FileTimes.EARLIEST;
        char type = switch (entry.type()) {
            case FOLDER -> '5';
            case LINK -> '2';
            case FILE -> hardLink ? '1' : '0';
        };
        byte[] name = bytes(entry.type() == Type.FOLDER ? entry.path() + "/" : entry.path());
        byte[] target = entry.linkTarget() == null ? new byte[0] : bytes(entry.linkTarget());
        ByteArrayOutputStream pax = new ByteArrayOutputStream();
        if (!fits(name)) {
            record(pax, "path", name);
        }
        if (!fits(target)) {
            record(pax, "linkpath", target);
        }
        number(pax, "size", entry.size(), LARGEST_OCTAL_11);
        number(pax, "uid", entry.uid(), LARGEST_OCTAL_7);
        number(pax, "gid", entry.gid(), LARGEST_OCTAL_7);
        if (pax.size() > 0) {
            byte[] records = pax.toByteArray();
            header(bytes("PaxHeaders/entry"), 0644, 0, 0, records.length, FileTimes.EARLIEST, 'x', new byte[0]);
            out.write(records);
            pad(records.length);
        }
        header(name, entry.mode(), entry.uid(), entry.gid(), entry.size(), modified, type, target);
        Path content = entry.content();
        if (content != null) {
            copy(content, entry.size(), entry.hash());
            pad(entry.size());
        }
    }

    /** Ends the archive. */
    void finish() throws IOException {
        out.write(ZEROS);
    }

    /** What is packed has to be what was hashed: the layer is known by those hashes from now on. */
    private void copy(Path file, long size, byte[] hash) throws IOException {
        long left = size;
        try (InputStream in = open(file)) {
            while (left > 0) {
                int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (n < 0) {
                    throw changedMeanwhile(file);
                }
                out.write(buffer, 0, n);
                sha256.update(buffer, 0, n);
                left -= n;
            }
            if (in.read() >= 0 || !MessageDigest.isEqual(sha256.digest(), hash)) {
                throw changedMeanwhile(file);
            }
        }
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw SourceTree.unreadable(file, e);
        }
    }

    public static OlympeException changedMeanwhile(Path file) {
        return new OlympeException(
                "The file '" + file + "' changed while its image was assembled; end what writes to it, and run again.");
    }

    private void pad(long size) throws IOException {
        int rest = (int) (size % BLOCK);
        if (rest > 0) {
            out.write(ZEROS, 0, BLOCK - rest);
        }
    }

    private void header(byte[] name, int mode, long uid, long gid, long size, long modified, char type, byte[] target)
            throws IOException {
        Arrays.fill(header, (byte) 0);
        System.arraycopy(name, 0, header, 0, Math.min(name.length, LONGEST_NAME));
        octal(mode, 100, 8);
        octal(Math.min(uid, LARGEST_OCTAL_7), 108, 8);
        octal(Math.min(gid, LARGEST_OCTAL_7), 116, 8);
        octal(Math.min(size, LARGEST_OCTAL_11), 124, 12);
        octal(modified, 136, 12);
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        System.arraycopy(target, 0, header, 157, Math.min(target.length, LONGEST_NAME));
        System.arraycopy(bytes("ustar\00000"), 0, header, 257, 8);
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(sum, 148, 7);
        out.write(header);
    }

    private void octal(long value, int offset, int length) {
        long rest = value;
        for (int i = offset + length - 2; i >= offset; i--) {
            header[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
        header[offset + length - 1] = 0;
    }

    private static boolean fits(byte[] text) {
        if (text.length > LONGEST_NAME) {
            return false;
        }
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static void number(ByteArrayOutputStream pax, String key, long value, long largest) throws IOException {
        if (value > largest) {
            record(pax, key, bytes(Long.toString(value)));
        }
    }

    /** A pax record starts with its own length, the digits of that length included. */
    private static void record(ByteArrayOutputStream pax, String key, byte[] value) throws IOException {
        int rest = key.length() + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        pax.write(bytes(length + " " + key + "="));
        pax.write(value);
        pax.write('\n');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

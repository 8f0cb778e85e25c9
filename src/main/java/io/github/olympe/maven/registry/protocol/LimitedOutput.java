package io.github.olympe.maven.registry.protocol;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Accepts no more bytes than a blob has, and distinguishes a full disk from a lost connection. */
final class LimitedOutput extends OutputStream {

    private final OutputStream out;
    private final long size;
    private long left;
    private @Nullable IOException unwritable;

    LimitedOutput(OutputStream out, long size) {
        this.out = out;
        this.size = size;
        this.left = size;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        left -= length;
        if (left < 0) {
            throw RegistryFailure.of(RegistryFailure.Kind.TRANSIENT, "the blob is longer than its " + size + " bytes")
                    .inTransport();
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            unwritable = e;
            throw e;
        }
    }

    /** Throws the failure to write, if there was one. It was then not the registry's fault. */
    void requireWritable() throws IOException {
        if (unwritable != null) {
            throw unwritable;
        }
    }
}

package io.github.olympe.maven.http;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a request, which may be asked for more than once. */
public interface Body {

    /** The number of bytes; negative where it is not known before they are written. */
    long size();

    void writeTo(OutputStream out) throws IOException;

    /** Bytes that are there already. */
    static Body of(byte[] bytes) {
        return new Body() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        };
    }
}

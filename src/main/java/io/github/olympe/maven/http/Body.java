package io.github.olympe.maven.http;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a request, which can be written more than once. */
public interface Body {

    /** Returns the number of bytes, negative if it is not known before they are written. */
    long size();

    void writeTo(OutputStream out) throws IOException;

    /** Returns a body of bytes in memory. */
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

package io.github.olympe.maven.http;

import io.github.olympe.maven.text.Counted;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The progress of a request: how far it got, and why it was aborted, if it was. */
final class Exchange {

    private final HttpUriRequestBase message;
    private final HttpTimeouts timeouts;
    private final AtomicLong bytes = new AtomicLong();
    private final long start = System.nanoTime();
    private volatile boolean sent;
    private volatile Optional<String> ended = Optional.empty();
    private volatile boolean late;
    private long windowStart = start;
    private long bytesAtWindowStart;

    Exchange(HttpUriRequestBase message, HttpTimeouts timeouts) {
        this.message = message;
        this.timeouts = timeouts;
    }

    /** Notes that the request is about to be sent. Before that, the server cannot have seen any of it. */
    void noteSent() {
        sent = true;
    }

    /**
     * Aborts the request if it takes too long. A socket's timeout does not help against a blocked write or a server that sends a byte now
     * and then. One thread calls this repeatedly.
     */
    void endIfTooSlow() {
        long now = System.nanoTime();
        if (timeouts.whole().filter(limit -> now - start > limit.toNanos()).isPresent()) {
            late = true;
            end("it took longer than " + seconds(timeouts.whole().get()));
        } else if (now - windowStart > timeouts.silence().toNanos()) {
            long moved = bytes.get() - bytesAtWindowStart;
            if (moved < timeouts.leastBytes()) {
                end((moved == 0 ? "no content" : "only " + Counted.of(moved, "byte")) + " in "
                        + seconds(timeouts.silence()));
            }
            windowStart = now;
            bytesAtWindowStart += moved;
        }
    }

    private static String seconds(Duration duration) {
        return Counted.of(duration.toSeconds(), "second");
    }

    private void end(String why) {
        ended = Optional.of(why);
        message.abort();
    }

    /** Whether it was aborted. */
    boolean isEnded() {
        return ended.isPresent();
    }

    HttpFailure failure(IOException cause) {
        IOException reason = ended.map(why -> new IOException(why, cause)).orElse(cause);
        return new HttpFailure(String.valueOf(reason.getMessage()), reason, sent, late);
    }

    InputStream counted(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                try {
                    int read = super.read();
                    bytes.addAndGet(read < 0 ? 0 : 1);
                    return read;
                } catch (IOException e) {
                    throw failure(e);
                }
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                try {
                    int read = super.read(buffer, offset, length);
                    bytes.addAndGet(Math.max(0, read));
                    return read;
                } catch (IOException e) {
                    throw failure(e);
                }
            }
        };
    }

    /** Writes the content of the request. */
    final class Entity extends AbstractHttpEntity {

        private final Body body;

        Entity(Body body) {
            super((ContentType) null, null, body.size() < 0);
            this.body = body;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            body.writeTo(new FilterOutputStream(out) {
                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                    bytes.incrementAndGet();
                }

                @Override
                public void write(byte[] buffer, int offset, int length) throws IOException {
                    out.write(buffer, offset, length);
                    bytes.addAndGet(length);
                }
            });
            out.flush();
        }

        @Override
        public long getContentLength() {
            return body.size();
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("the content is written, not read");
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {}
    }
}

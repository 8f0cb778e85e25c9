package io.github.olympe.maven.image;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what other threads make. */
public final class Futures {

    private Futures() {}

    /** The result, or the failure as it was. */
    public static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an image was assembled", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause != null
                    && cause.getCause() instanceof RuntimeException inner
                    && cause.getClass() == inner.getClass()) {
                cause = inner;
            }
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(cause);
        }
    }
}

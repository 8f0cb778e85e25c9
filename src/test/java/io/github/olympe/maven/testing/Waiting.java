package io.github.olympe.maven.testing;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another thread or process does. No other class of the tests pauses ({@code TestRulesTest}), and every wait has an end. */
public final class Waiting {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(10);

    private Waiting() {}

    /**
     * Waits until a condition is true, at most a minute.
     *
     * @param what the condition, as the end of the sentence "Waited in vain until …"
     * @throws AssertionError if it does not happen in time
     */
    public static void until(String what, Callable<Boolean> condition) {
        long start = System.nanoTime();
        while (!holds(condition)) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("Waited in vain until " + what);
            }
            delay(BETWEEN);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Lets a server answer late, or slowly. */
    public static void delay(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}

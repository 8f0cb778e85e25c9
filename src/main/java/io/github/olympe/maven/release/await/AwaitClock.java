package io.github.olympe.maven.release.await;

import java.time.Duration;

/** The clock while waiting for an environment. */
public interface AwaitClock {

    /** Returns the clock of this machine. */
    static AwaitClock system() {
        long start = System.nanoTime();
        return new AwaitClock() {
            @Override
            public Duration elapsed() {
                return Duration.ofNanos(System.nanoTime() - start);
            }

            @Override
            public void pause(Duration pause) throws InterruptedException {
                Thread.sleep(pause.toMillis());
            }
        };
    }

    /** Returns how long the clock has been running. */
    Duration elapsed();

    /** Waits. */
    void pause(Duration pause) throws InterruptedException;
}

package io.github.olympe.maven.release.await;

import java.time.Duration;

/** The time while an environment is waited for. */
public interface AwaitClock {

    /** The clock of this machine. */
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

    /** How long it has been running. */
    Duration elapsed();

    /** Waits. */
    void pause(Duration pause) throws InterruptedException;
}

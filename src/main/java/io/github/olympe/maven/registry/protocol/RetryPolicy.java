package io.github.olympe.maven.registry.protocol;

import io.github.olympe.maven.OlympeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * When a failed request to a registry is made again: after pauses that double, each shortened by up to half at random so that clients do
 * not come back all at once, and never before the time that the registry's {@code Retry-After} names. What will not change by waiting (401,
 * 403, an untrusted certificate) is not tried again; a refused connection and an unknown host only {@value #UNREACHABLE_ATTEMPTS} times,
 * since a wrong name is likelier than a restarting server.
 *
 * @param attempts how many attempts are made at most
 * @param firstPause the longest that the first pause may be
 * @param longestPause the longest that any pause of our own choosing may be
 * @param patience how long after the first attempt another one may still be made
 * @param timing the clock
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration patience, Timing timing) {

    private static final int UNREACHABLE_ATTEMPTS = 3;
    private static final int LISTED_ATTEMPTS = 3;

    /** The clock, the way to pause, and chance: a test brings its own. */
    interface Timing {

        /** The time now. */
        Instant now();

        /** Waits this long. */
        void sleep(Duration duration) throws InterruptedException;

        /** A random number from 0 (inclusive) to 1 (exclusive). */
        double random();
    }

    /** The time of this machine. */
    private enum SystemTiming implements Timing {
        INSTANCE;

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }

        @Override
        public double random() {
            return ThreadLocalRandom.current().nextDouble();
        }
    }

    /** Something that may be tried again. */
    @FunctionalInterface
    public interface Attempt<T> {
        public T run() throws RegistryFailure;
    }

    /** Seven attempts with pauses of 1, 2, 4, 8, 16 and 30 seconds, within ten minutes. */
    public static RetryPolicy standard() {
        return new RetryPolicy(
                7, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(10), SystemTiming.INSTANCE);
    }

    /** The same, with other pauses. */
    public RetryPolicy withPauses(Duration first, Duration longest) {
        return new RetryPolicy(attempts, first, longest, patience, timing);
    }

    /** The same, with another number of attempts. */
    public RetryPolicy withAttempts(int number) {
        return new RetryPolicy(number, firstPause, longestPause, patience, timing);
    }

    /**
     * Runs it until it succeeds or another attempt is not worth while.
     *
     * @param onPause gets each failure that is followed by another attempt, and the pause before it
     * @throws RegistryFailure the last failure
     */
    public <T> T run(Attempt<T> attempt, BiConsumer<RegistryFailure, Duration> onPause) throws RegistryFailure {
        Instant start = timing.now();
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (RegistryFailure failure) {
                if (number >= attemptsAfter(failure)) {
                    throw failure;
                }
                Duration pause = pause(number, failure);
                if (timing.now().plus(pause).isAfter(start.plus(patience))) {
                    throw failure;
                }
                onPause.accept(failure, pause);
                sleep(pause);
            }
        }
    }

    /**
     * Runs it, and runs it again, twice, after a pause, where the registry does not find what it has just listed: a registry may list a tag
     * a moment before it can answer for it (docker-registry makes the folder of a tag first).
     *
     * @throws RegistryFailure the last failure
     */
    public <T> T untilFound(Attempt<T> attempt) throws RegistryFailure {
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (RegistryFailure failure) {
                if (failure.kind() != RegistryFailure.Kind.NOT_FOUND || number == LISTED_ATTEMPTS) {
                    throw failure;
                }
                sleep(pause(number, failure));
            }
        }
    }

    private int attemptsAfter(RegistryFailure failure) {
        return switch (failure.kind()) {
            case TRANSIENT -> attempts;
            case REFUSED, UNKNOWN_HOST -> Math.min(attempts, UNREACHABLE_ATTEMPTS);
            default -> 1;
        };
    }

    private Duration pause(int number, RegistryFailure failure) {
        long doubled = firstPause.toMillis() << Math.min(number - 1, 20);
        long longest = Math.min(doubled, longestPause.toMillis());
        Duration own = Duration.ofMillis(longest - (long) (longest / 2.0 * timing.random()));
        return failure.retryAfter().filter(asked -> asked.compareTo(own) > 0).orElse(own);
    }

    private void sleep(Duration pause) {
        try {
            timing.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OlympeException("The build was interrupted while it waited for a registry.", e);
        }
    }
}

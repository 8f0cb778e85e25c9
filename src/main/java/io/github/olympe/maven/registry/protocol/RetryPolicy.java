package io.github.olympe.maven.registry.protocol;

import io.github.olympe.maven.OlympeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/**
 * Decides when to repeat a failed request to a registry. The pauses double; each is shortened by up to half at random, so that clients do
 * not all come back at once, but never ends before the time in the registry's {@code Retry-After}. Failures that waiting does not change
 * (401, 403, an untrusted certificate) are not tried again. A refused connection and an unknown host are tried only
 * {@value #UNREACHABLE_ATTEMPTS} times, because a wrong name is more likely than a restarting server.
 *
 * @param attempts the most attempts
 * @param firstPause the upper limit of the first pause
 * @param longestPause the upper limit of all pauses, unless the registry asks for a longer one
 * @param patience how long after the first attempt another one may start
 * @param timing the clock
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration patience, Timing timing) {

    private static final int UNREACHABLE_ATTEMPTS = 3;
    private static final int LISTED_ATTEMPTS = 3;

    /** The clock, pauses and randomness, which a test replaces. */
    interface Timing {

        /** Returns the current time. */
        Instant now();

        /** Waits this long. */
        void sleep(Duration duration) throws InterruptedException;

        /** Returns a random number from 0 (inclusive) to 1 (exclusive). */
        double random();
    }

    /** The real clock. */
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

    /** Returns seven attempts with pauses of 1, 2, 4, 8, 16 and 30 seconds, within ten minutes. */
    public static RetryPolicy standard() {
        return new RetryPolicy(
                7, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(10), SystemTiming.INSTANCE);
    }

    /** Returns the same policy with other pauses. */
    public RetryPolicy withPauses(Duration first, Duration longest) {
        return new RetryPolicy(attempts, first, longest, patience, timing);
    }

    /** Returns the same policy with another number of attempts. */
    public RetryPolicy withAttempts(int number) {
        return new RetryPolicy(number, firstPause, longestPause, patience, timing);
    }

    /**
     * Runs an attempt until it succeeds or is not worth repeating.
     *
     * @param onPause receives each failure that is followed by another attempt, and the pause before that
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
     * Runs an attempt, and repeats it up to twice after a pause if the registry does not find what it has just listed. A registry may list
     * a tag a moment before it can return it (docker-registry creates the folder of a tag first).
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

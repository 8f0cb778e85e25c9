package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final List<Duration> pauses = new ArrayList<>();

    /** Time that passes only while something sleeps. */
    private final class TestTiming implements RetryPolicy.Timing {

        private final double random;
        private Instant now = Instant.EPOCH;

        TestTiming(double random) {
            this.random = random;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            pauses.add(duration);
            now = now.plus(duration);
        }

        @Override
        public double random() {
            return random;
        }
    }

    private RetryPolicy policy(double random) {
        RetryPolicy standard = RetryPolicy.standard();
        return new RetryPolicy(
                standard.attempts(),
                standard.firstPause(),
                standard.longestPause(),
                standard.patience(),
                new TestTiming(random));
    }

    private static RegistryFailure answer(int status, String... codes) {
        return RegistryFailure.ofAnswer(status, Set.of(codes), Optional.empty(), "says the test");
    }

    private int attempts(RetryPolicy policy, RegistryFailure failure) {
        int[] attempts = {0};
        assertThatThrownBy(() -> policy.run(
                        () -> {
                            attempts[0]++;
                            throw failure;
                        },
                        (f, pause) -> {}))
                .isSameAs(failure);
        return attempts[0];
    }

    @Test
    void pausesGrow() {
        assertThat(attempts(policy(0), answer(503))).isEqualTo(7);

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L);
    }

    @Test
    void pausesGrowWhateverTheRandomNumbers() {
        attempts(policy(0.999), answer(503));

        assertThat(pauses).isSorted().first().isEqualTo(Duration.ofMillis(501));
        assertThat(pauses.get(5)).isLessThan(Duration.ofSeconds(16));
    }

    @Test
    void obeysRetryAfter() {
        RegistryFailure busy = RegistryFailure.ofAnswer(
                429, Set.of("TOOMANYREQUESTS"), Optional.of(Duration.ofSeconds(20)), "says the test");

        assertThat(attempts(policy(0.5), busy)).isEqualTo(7);

        assertThat(pauses).hasSize(6).allMatch(pause -> pause.compareTo(Duration.ofSeconds(20)) >= 0);
    }

    @Test
    void doesNotWaitForALongRetryAfter() {
        RegistryFailure busy = RegistryFailure.ofAnswer(429, Set.of(), Optional.of(Duration.ofHours(6)), "later");

        assertThat(attempts(policy(0), busy)).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void temporaryFailuresAreRetried() {
        for (RegistryFailure failure : List.of(
                answer(500),
                answer(502),
                answer(503),
                answer(504),
                answer(429),
                answer(408),
                answer(404, "BLOB_UPLOAD_UNKNOWN"),
                answer(400, "DIGEST_INVALID"),
                RegistryFailure.of(RegistryFailure.Kind.TRANSIENT, "connection lost"))) {
            assertThat(attempts(policy(0), failure)).as("%s", failure).isEqualTo(7);
        }
    }

    @Test
    void permanentFailuresAreNotRetried() {
        for (RegistryFailure failure : List.of(
                answer(400, "NAME_INVALID"),
                answer(401, "UNAUTHORIZED"),
                answer(403, "DENIED"),
                answer(404, "NAME_UNKNOWN"),
                answer(413),
                RegistryFailure.of(RegistryFailure.Kind.CERTIFICATE, "untrusted"),
                RegistryFailure.of(RegistryFailure.Kind.NOT_TLS, "plain"))) {
            assertThat(attempts(policy(0), failure)).as("%s", failure).isEqualTo(1);
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void aMissingHostIsTriedThreeTimes() {
        assertThat(attempts(policy(0), RegistryFailure.of(RegistryFailure.Kind.REFUSED, "refused")))
                .isEqualTo(3);
        assertThat(attempts(policy(0), RegistryFailure.of(RegistryFailure.Kind.UNKNOWN_HOST, "unknown")))
                .isEqualTo(3);
    }

    @Test
    void aRetryAfterThatIsShorterThanThePauseChangesNothing() {
        RegistryFailure busy =
                RegistryFailure.ofAnswer(429, Set.of(), Optional.of(Duration.ofSeconds(3)), "says the test");

        attempts(policy(0), busy);

        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(3L, 3L, 4L, 8L, 16L, 30L);
    }

    @Test
    void anAttemptMayStartAtTheEndOfThePatience() {
        RegistryFailure busy =
                RegistryFailure.ofAnswer(429, Set.of(), Optional.of(Duration.ofMinutes(5)), "says the test");

        assertThat(attempts(policy(0), busy)).isEqualTo(3);
        assertThat(pauses).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(5));
    }

    @Test
    void attemptsAndPausesCanBeSet() {
        RetryPolicy policy = policy(0).withAttempts(3).withPauses(Duration.ofMillis(2), Duration.ofMillis(3));

        assertThat(attempts(policy, answer(503))).isEqualTo(3);
        assertThat(pauses).containsExactly(Duration.ofMillis(2), Duration.ofMillis(3));
        assertThat(attempts(policy.withAttempts(2), RegistryFailure.of(RegistryFailure.Kind.REFUSED, "refused")))
                .isEqualTo(2);
    }

    /** A registry may list a tag a moment before it can return it. */
    @Test
    void whatWasListedIsLookedForThreeTimes() throws Exception {
        int[] attempts = {0};
        assertThat(policy(0).<String>untilFound(() -> {
                    if (++attempts[0] < 3) {
                        throw answer(404, "MANIFEST_UNKNOWN");
                    }
                    return "there";
                }))
                .isEqualTo("there");
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L);

        attempts[0] = 0;
        RegistryFailure gone = answer(404, "MANIFEST_UNKNOWN");
        assertThatThrownBy(() -> policy(0).untilFound(() -> {
                    attempts[0]++;
                    throw gone;
                }))
                .isSameAs(gone);
        assertThat(attempts[0]).isEqualTo(3);

        attempts[0] = 0;
        assertThatThrownBy(() -> policy(0).untilFound(() -> {
                    attempts[0]++;
                    throw answer(503);
                }))
                .isInstanceOf(RegistryFailure.class);
        assertThat(attempts[0]).isEqualTo(1);
    }

    @Test
    void anInterruptedWaitEndsTheBuild() {
        RetryPolicy interrupted = new RetryPolicy(
                2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(1), new RetryPolicy.Timing() {
                    @Override
                    public Instant now() {
                        return Instant.EPOCH;
                    }

                    @Override
                    public void sleep(Duration duration) throws InterruptedException {
                        throw new InterruptedException();
                    }

                    @Override
                    public double random() {
                        return 0;
                    }
                });

        assertThatThrownBy(() -> interrupted.run(
                        () -> {
                            throw answer(503);
                        },
                        (failure, pause) -> {}))
                .isInstanceOf(OlympeException.class)
                .hasMessage("The build was interrupted while it waited for a registry.");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theStandardPolicyReallyWaits() throws Exception {
        int[] attempts = {0};
        long start = System.nanoTime();

        RetryPolicy.standard()
                .withPauses(Duration.ofMillis(40), Duration.ofMillis(40))
                .run(
                        () -> {
                            if (++attempts[0] == 1) {
                                throw answer(503);
                            }
                            return "there";
                        },
                        (failure, pause) -> pauses.add(pause));

        assertThat(pauses).singleElement().matches(pause -> pause.toMillis() >= 20 && pause.toMillis() <= 40);
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(pauses.get(0).toNanos());
    }

    @Test
    void returnsTheValueOfTheFirstSuccess() throws Exception {
        int[] attempts = {0};
        List<String> told = new ArrayList<>();

        String value = policy(0)
                .run(
                        () -> {
                            if (++attempts[0] < 3) {
                                throw answer(500);
                            }
                            return "there";
                        },
                        (failure, pause) -> told.add(failure.status() + " " + pause.toSeconds()));

        assertThat(value).isEqualTo("there");
        assertThat(told).containsExactly("500 1", "500 2");
    }
}

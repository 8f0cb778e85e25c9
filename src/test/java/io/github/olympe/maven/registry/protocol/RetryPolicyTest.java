package io.github.olympe.maven.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

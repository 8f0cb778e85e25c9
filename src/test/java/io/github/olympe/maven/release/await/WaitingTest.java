package io.github.olympe.maven.release.await;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.registry.Digest;
import io.github.olympe.maven.release.await.AwaitResult.State;
import io.github.olympe.maven.release.await.AwaitedFile.Before;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock is the test's: a pause takes no time, and a request takes a second. */
@Timeout(20)
class WaitingTest {

    private static final Digest NEW = Digest.of("new");
    private static final Digest OLD = Digest.of("old");
    private static final AwaitUrl URL = AwaitUrl.of("awaitUrl", "https://shop.example.com/app", false);
    private static final ServedFile FILE = new ServedFile("main.js", NEW, 3);

    private final List<String> lines = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Sight> sights = new ArrayDeque<>();
    private Duration now = Duration.ofSeconds(1000);

    private final AwaitClock clock = new AwaitClock() {
        @Override
        public Duration elapsed() {
            return now;
        }

        @Override
        public void pause(Duration pause) {
            pauses.add(pause);
            now = now.plus(pause);
        }
    };

    private AwaitResult await(Optional<Before> before, boolean isManual, Duration timeout) {
        AwaitedFile file = new AwaitedFile(FILE, before);
        Visitor visitor = (url, asked) -> {
            assertThat(url.of(asked)).hasToString("https://shop.example.com/app/main.js");
            now = now.plusSeconds(1);
            return sights.size() > 1 ? sights.poll() : sights.getFirst();
        };
        return new Waiting(URL, file, isManual, timeout, visitor, clock, lines::add).run();
    }

    private static Optional<Before> before(Digest content) {
        return Optional.of(new Before(Optional.ofNullable(content), "record 'production-1'"));
    }

    @Test
    void endsAsSoonAsTheNewContentIsServed() {
        sights.addAll(List.of(Sight.of(OLD), Sight.error(503), Sight.noAnswer("Connection refused"), Sight.of(NEW)));

        AwaitResult result = await(before(OLD), false, Duration.ofSeconds(600));

        assertThat(result.state()).isEqualTo(State.SERVED);
        assertThat(result.after()).isEqualTo(Duration.ofMillis(4000 + 1000 + 1500 + 2250));
        assertThat(lines)
                .containsExactly(
                        "Waiting until https://shop.example.com/app/main.js is that of the frontend just deployed (at most 600 s).",
                        "'https://shop.example.com/app/' serves the frontend just deployed, after 8 s.");
        result.requireServed();
    }

    @Test
    void pausesGrowToTenSecondsWithALineEvery15Seconds() {
        sights.add(Sight.of(OLD));

        AwaitResult result = await(before(OLD), false, Duration.ofSeconds(100));

        assertThat(pauses).startsWith(Duration.ofSeconds(1), Duration.ofMillis(1500), Duration.ofMillis(2250));
        assertThat(pauses.subList(0, pauses.size() - 1)).isSorted();
        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(10)) <= 0);
        assertThat(pauses).contains(Duration.ofSeconds(10));
        assertThat(lines).hasSize(7).allMatch(line -> line.startsWith("Waiting"));
        assertThat(lines.get(1))
                .matches("Waiting for https://shop\\.example\\.com/app/main\\.js \\((1[5-9]|2\\d) s\\): it still serves"
                        + " record 'production-1'\\.");
        assertThat(result.after()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(101));
    }

    @Test
    void saysAtTheEndWhatItSaw() {
        assertThat(end(before(OLD), Sight.of(OLD))).isEqualTo(State.OLD);
        assertThat(lines).last().asString().endsWith("it still serves record 'production-1'.");
        assertThat(end(before(null), Sight.error(404))).isEqualTo(State.OLD);
        assertThat(end(before(OLD), Sight.error(404))).isEqualTo(State.ERROR);
        assertThat(end(Optional.empty(), Sight.error(404))).isEqualTo(State.ERROR);
        assertThat(lines).last().asString().endsWith("it answers with an error (HTTP status 404).");
        assertThat(end(before(null), Sight.error(503))).isEqualTo(State.ERROR);
        assertThat(end(before(OLD), Sight.of(Digest.of("a page of the load balancer"))))
                .isEqualTo(State.OTHER);
        assertThat(lines)
                .last()
                .asString()
                .endsWith("serves something else, neither the new frontend nor the one before.");
        assertThat(end(Optional.empty(), Sight.of(OLD))).isEqualTo(State.OTHER);
        assertThat(lines).last().asString().endsWith("serves something else.");
        assertThat(end(before(OLD), Sight.noAnswer("Connection refused"))).isEqualTo(State.NO_ANSWER);
        assertThat(lines).last().asString().endsWith("it does not answer (Connection refused).");
    }

    private State end(Optional<Before> before, Sight sight) {
        lines.clear();
        sights.clear();
        sights.add(sight);
        return await(before, false, Duration.ofSeconds(20)).state();
    }

    @Test
    void theSentenceAtTheEndSaysWhatToDo() {
        sights.add(Sight.error(502));

        AwaitResult result = await(before(OLD), false, Duration.ofSeconds(5));

        assertThatThrownBy(result::requireServed)
                .isInstanceOf(OlympeException.class)
                .hasMessage("'https://shop.example.com/app/main.js' did not change to the new frontend within 5 s"
                        + " (olympe.await.timeout): it answers with an error (HTTP status 502). Look at the instance's deployment,"
                        + " or raise the time.");
    }

    @Test
    void aManualPromotionWaitsForAPerson() {
        sights.add(Sight.of(OLD));

        AwaitResult result = await(before(OLD), true, Duration.ofSeconds(5));

        assertThat(lines.get(0)).endsWith("A person has to promote the deployment first (promotionMode is manual).");
        assertThat(result.sentence()).endsWith("Promote the deployment, and run 'mvn olympe:await' to wait again.");
    }

    @Test
    void aLineIsLoggedOnceInEach15Seconds() {
        AwaitedFile file = new AwaitedFile(FILE, before(OLD));
        Duration start = now;
        Deque<Integer> seconds = new ArrayDeque<>(List.of(14, 15, 29, 30, 31, 44, 46, 47, 60));
        Visitor visitor = (url, asked) -> {
            now = start.plusSeconds(seconds.remove());
            return Sight.of(OLD);
        };

        AwaitResult result = new Waiting(URL, file, false, Duration.ofSeconds(60), visitor, clock, lines::add).run();

        assertThat(result.state()).isEqualTo(State.OLD);
        assertThat(lines.subList(1, lines.size()))
                .extracting(line -> line.replaceFirst(".*\\((\\d+ s)\\).*", "$1"))
                .containsExactly("15 s", "30 s", "46 s");
    }

    @Test
    void saysHowToWaitAgainIfItIsInterrupted() {
        AwaitClock interrupted = new AwaitClock() {
            @Override
            public Duration elapsed() {
                return now;
            }

            @Override
            public void pause(Duration pause) throws InterruptedException {
                throw new InterruptedException();
            }
        };
        Waiting waiting = new Waiting(
                URL,
                new AwaitedFile(FILE, before(OLD)),
                false,
                Duration.ofSeconds(60),
                (url, asked) -> Sight.of(OLD),
                interrupted,
                lines::add);

        assertThatThrownBy(waiting::run)
                .isInstanceOf(OlympeException.class)
                .hasMessage(
                        "Waiting for 'https://shop.example.com/app/' was interrupted; run 'mvn olympe:await' to wait"
                                + " again.");
        assertThat(Thread.interrupted()).as("Maven ends too").isTrue();
    }

    @Test
    void theLastPauseEndsAtTheTimeLimit() {
        sights.add(Sight.of(OLD));

        await(before(OLD), false, Duration.ofSeconds(3));

        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }
}

package io.github.olympe.maven.release.await;

import io.github.olympe.maven.OlympeException;
import io.github.olympe.maven.release.await.AwaitResult.State;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One wait for an environment: it requests a file again and again with growing pauses, and logs every 15 seconds what the environment
 * serves.
 *
 * @param url the URL at which the environment serves its frontend
 * @param file the file to request
 * @param isManual whether a person has to promote the deployment
 * @param timeout how long to wait
 * @param log receives progress messages, one sentence each
 */
record Waiting(
        AwaitUrl url,
        AwaitedFile file,
        boolean isManual,
        Duration timeout,
        Visitor visitor,
        AwaitClock clock,
        Consumer<String> log) {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(15);

    AwaitResult run() {
        Duration start = clock.elapsed();
        log.accept("Waiting until " + place() + " is that of the frontend just deployed (at most " + seconds(timeout)
                + ")." + (isManual ? " A person has to promote the deployment first (promotionMode is manual)." : ""));
        Duration pause = FIRST_PAUSE;
        Duration nextLine = BETWEEN_LINES;
        while (true) {
            Sight sight = visitor.look(url, file.file());
            State state = file.state(sight);
            Duration elapsed = clock.elapsed().minus(start);
            if (state == State.SERVED) {
                String sentence = "'" + url + "' serves the frontend just deployed, after " + seconds(elapsed) + ".";
                log.accept(sentence);
                return new AwaitResult(state, sentence, elapsed);
            }
            String seen = sentence(state, sight);
            if (elapsed.compareTo(timeout) >= 0) {
                return new AwaitResult(state, late(seen), elapsed);
            }
            if (elapsed.compareTo(nextLine) >= 0) {
                log.accept("Waiting for " + place() + " (" + seconds(elapsed) + "): it " + seen + ".");
                while (elapsed.compareTo(nextLine) >= 0) {
                    nextLine = nextLine.plus(BETWEEN_LINES);
                }
            }
            Duration left = timeout.minus(elapsed);
            pause(left.compareTo(pause) < 0 ? left : pause);
            pause = longer(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }

    private void pause(Duration pause) {
        try {
            clock.pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OlympeException(
                    "Waiting for '" + url + "' was interrupted; run 'mvn olympe:await' to wait again.", e);
        }
    }

    private String sentence(State state, Sight sight) {
        return switch (state) {
            case OLD ->
                "still serves " + file.before().map(AwaitedFile.Before::name).orElse("the old one");
            case OTHER ->
                "serves something else"
                        + (file.before().isPresent() ? ", neither the new frontend nor the one before" : "");
            case ERROR -> "answers with an error (HTTP status " + sight.status() + ")";
            case NO_ANSWER -> "does not answer (" + sight.failure() + ")";
            case SERVED -> throw new IllegalArgumentException(state.toString());
        };
    }

    private String late(String seen) {
        return "'" + place() + "' did not change to the new frontend within " + seconds(timeout)
                + " (olympe.await.timeout): it " + seen + ". "
                + (isManual
                        ? "Promote the deployment, and run 'mvn olympe:await' to wait again."
                        : "Look at the instance's deployment, or raise the time.");
    }

    private URI place() {
        return url.of(file.file());
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}

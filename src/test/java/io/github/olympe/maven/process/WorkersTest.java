package io.github.olympe.maven.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    @AutoClose
    private final Workers workers = Workers.of(2);

    @Test
    void resultsComeInTheOrderOfTheTasks() {
        List<Supplier<Integer>> tasks = IntStream.range(0, 1000)
                .mapToObj(i -> (Supplier<Integer>) () -> i)
                .toList();
        assertThat(workers.all(tasks))
                .isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(workers.all(List.<Supplier<String>>of())).isEmpty();
    }

    @Test
    void theFirstFailureEndsTheOthers() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runnable waiting = () -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                ended.countDown();
            }
        };
        OlympeException failure = new OlympeException("It failed. Do something.");
        Runnable failing = () -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw failure;
        };
        assertThatThrownBy(() -> workers.run(List.of(waiting, failing))).isSameAs(failure);
        assertThat(ended).satisfies(CountDownLatch::await);
    }

    @Test
    void tasksThatWaitForOthersHaveTheirOwnThread() {
        List<Workers.Pending<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(workers.start(() -> workers.all(List.<Supplier<Integer>>of(() -> 1, () -> 2)).stream()
                            .mapToInt(Integer::intValue)
                            .sum()
                    + workers.submit(() -> 3).get()));
        }
        assertThat(waiting).allSatisfy(pending -> assertThat(pending.get()).isEqualTo(6));
    }

    @Test
    void closingWaitsForTasksOnTheirOwnThreads() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Workers workers = Workers.of(1);
        workers.start(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.set(true);
            }
            return "";
        });
        started.await();
        workers.close(Duration.ofSeconds(30));

        assertThat(ended).isTrue();
    }

    @Test
    void anInterruptedBuildSaysSo() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> workers.run(List.of(() -> {}))).hasMessage("The build was interrupted. Run it again.");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void errorsOfJavaAreRethrown() {
        Workers.Pending<String> pending = workers.submit(() -> {
            throw new OutOfMemoryError("test");
        });
        assertThatThrownBy(pending::get).isInstanceOf(OutOfMemoryError.class);
    }
}

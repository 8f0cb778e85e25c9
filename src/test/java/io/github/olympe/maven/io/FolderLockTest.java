package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {

    @TempDir
    Path folder;

    @TempDir
    Path locks;

    @Test
    void oneAtATimeHasIt() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                    for (int i = 0; i < 3; i++) {
                        try (FolderLock lock = FolderLock.take(folder, locks, path -> {})) {
                            assertThat(lock.isHeld()).isTrue();
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.sleep(5);
                            inside.decrementAndGet();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                }))
                .limit(4)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void tellsThatItWaitsAndCanBeInterrupted() throws InterruptedException {
        List<Object> told = new CopyOnWriteArrayList<>();
        try (FolderLock lock = FolderLock.take(folder, locks, told::add)) {
            assertThat(lock.isHeld()).isTrue();
            Thread waiting = new Thread(() -> assertThatThrownBy(() -> FolderLock.take(folder, locks, told::add))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("interrupted while it waited for another one in '" + folder + "'"));
            waiting.start();
            while (told.isEmpty()) {
                Thread.sleep(5);
            }
            waiting.interrupt();
            waiting.join();
        }
        assertThat(told).containsExactly(folder);
        FolderLock.take(folder, locks, told::add).close();
        assertThat(told).hasSize(1);
    }

    @Test
    void otherFoldersAreNotKept() {
        try (FolderLock lock = FolderLock.take(folder, locks, path -> {});
                FolderLock other = FolderLock.take(locks, locks, path -> {})) {
            assertThat(lock.isHeld() && other.isHeld()).isTrue();
        }
    }

    @Test
    void whereThereCanBeNoLockItGoesOn() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (FolderLock lock = FolderLock.take(folder, file.resolve("locks"), path -> {})) {
            assertThat(lock.isHeld()).isFalse();
        }
    }
}

package io.github.olympe.maven.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.olympe.maven.OlympeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
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
    void onlyOneAtATimeHoldsIt() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Boolean> other = new FutureTask<>(() -> {
            try (FolderLock lock = FolderLock.take(folder, locks, path -> waiting.countDown())) {
                return lock.isHeld();
            }
        });
        try (FolderLock lock = FolderLock.take(folder, locks, path -> {})) {
            assertThat(lock.isHeld()).isTrue();
            new Thread(other).start();
            waiting.await();
            assertThat(other).isNotDone();
            assertThat(FolderLock.tryTake(folder, locks)).isEmpty();
        }
        assertThat(other.get()).isTrue();
    }

    @Test
    void saysThatItWaitsAndCanBeInterrupted() throws Exception {
        List<Object> told = new CopyOnWriteArrayList<>();
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Boolean> other = new FutureTask<>(() -> {
            assertThatThrownBy(() -> FolderLock.take(folder, locks, path -> {
                        told.add(path);
                        waiting.countDown();
                    }))
                    .isInstanceOf(OlympeException.class)
                    .hasMessageContaining("interrupted while it waited for another one in '" + folder + "'");
            return Thread.currentThread().isInterrupted();
        });
        try (FolderLock lock = FolderLock.take(folder, locks, told::add)) {
            assertThat(lock.isHeld()).isTrue();
            Thread thread = new Thread(other);
            thread.start();
            waiting.await();
            thread.interrupt();
            assertThat(other.get()).as("still interrupted").isTrue();
        }
        assertThat(told).containsExactly(folder);
        FolderLock.take(folder, locks, told::add).close();
        assertThat(told).hasSize(1);
    }

    @Test
    void otherFoldersAreNotLocked() {
        try (FolderLock lock = FolderLock.take(folder, locks, path -> {});
                FolderLock other = FolderLock.take(locks, locks, path -> {})) {
            assertThat(lock.isHeld() && other.isHeld()).isTrue();
        }
    }

    @Test
    void goesOnIfLocksAreNotSupported() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (FolderLock lock = FolderLock.take(folder, file.resolve("locks"), path -> {})) {
            assertThat(lock.isHeld()).isFalse();
        }
    }
}

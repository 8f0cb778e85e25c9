package io.github.olympe.maven.image;

import io.github.olympe.maven.OlympeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs tasks in parallel, and reports now and then that they still run. */
public final class Tasks implements AutoCloseable {

    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ExecutorService threads;
    private final Runnable stillRunning;

    public Tasks(int number, Runnable stillRunning) {
        this.stillRunning = stillRunning;
        this.threads = Executors.newFixedThreadPool(number, task -> {
            Thread thread = new Thread(task, "olympe-registry");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs all of them, and returns when all are done.
     *
     * @throws OlympeException the exception of the first task that failed; the others are stopped
     */
    public void run(Collection<? extends Runnable> tasks) {
        ExecutorCompletionService<Boolean> running = new ExecutorCompletionService<>(threads);
        List<Future<Boolean>> futures = new ArrayList<>();
        tasks.forEach(task -> futures.add(running.submit(task, true)));
        try {
            long tellAt = System.nanoTime() + TELL_EVERY_NANOS;
            for (int finished = 0; finished < futures.size(); ) {
                Future<Boolean> next = running.poll(tellAt - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next != null) {
                    next.get();
                    finished++;
                }
                if (System.nanoTime() >= tellAt) {
                    stillRunning.run();
                    tellAt = System.nanoTime() + TELL_EVERY_NANOS;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OlympeException("The build was interrupted while it talked to a registry.", e);
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

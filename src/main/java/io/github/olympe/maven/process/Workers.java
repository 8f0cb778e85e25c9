package io.github.olympe.maven.process;

import io.github.olympe.maven.OlympeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A pool of threads. A fixed number of threads does the work ({@link #all}, {@link #run}, {@link #submit}). A task that waits for other
 * tasks gets its own thread ({@link #start}), so that it never keeps a thread that others need.
 */
public final class Workers implements AutoCloseable {

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ExecutorService fixed;
    private final ExecutorService own;
    private final Runnable stillRunning;

    private Workers(int threads, Runnable stillRunning) {
        AtomicInteger number = new AtomicInteger();
        this.stillRunning = stillRunning;
        ThreadFactory daemons = task -> daemon(task, "olympe-" + number.incrementAndGet());
        this.fixed = Executors.newFixedThreadPool(threads, daemons);
        this.own = Executors.newCachedThreadPool(daemons);
    }

    /** Returns a thread that does not keep the JVM from ending. */
    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns workers with this many threads. */
    public static Workers of(int threads) {
        return new Workers(threads, () -> {});
    }

    /** Returns as many workers as there are processors. */
    public static Workers forEachProcessor() {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Returns workers with this many threads. While {@link #all} or {@link #run} waits, they report every ten seconds.
     *
     * @param stillRunning called for each report
     */
    public static Workers reporting(int threads, Runnable stillRunning) {
        return new Workers(threads, stillRunning);
    }

    /** The future result of a task. */
    public static final class Pending<T> {

        private final Future<T> future;

        private Pending(Future<T> future) {
            this.future = future;
        }

        /** Waits for the task's result and returns it, or throws what the task threw. */
        public T get() {
            return result(future);
        }

        /** Returns whether {@link #get()} returns immediately. */
        public boolean isDone() {
            return future.isDone();
        }
    }

    /** Runs a task on one of the threads. It must not wait for other tasks. */
    public <T> Pending<T> submit(Supplier<T> task) {
        return new Pending<>(fixed.submit(task::get));
    }

    /** Runs a task that may wait for others, on its own thread. */
    public <T> Pending<T> start(Supplier<T> task) {
        return new Pending<>(own.submit(task::get));
    }

    /** Does what {@link #all} does, for tasks without a result. */
    public void run(Collection<? extends Runnable> tasks) {
        all(tasks.stream()
                .map(task -> (Supplier<Boolean>) () -> {
                    task.run();
                    return true;
                })
                .toList());
    }

    /**
     * Runs tasks on the threads, and waits for all of them. They must not wait for each other.
     *
     * @return the results, in the order of the tasks
     * @throws RuntimeException what the first failed task threw; the others are then interrupted
     */
    public <T> List<T> all(Collection<? extends Supplier<T>> tasks) {
        CompletionService<T> running = new ExecutorCompletionService<>(fixed);
        List<Future<T>> futures = new ArrayList<>(tasks.size());
        try {
            for (Supplier<T> task : tasks) {
                futures.add(running.submit(task::get));
            }
            long tickAt = System.nanoTime() + TICK_NANOS;
            for (int finished = 0; finished < futures.size(); ) {
                Future<T> next = running.poll(tickAt - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next != null) {
                    result(next);
                    finished++;
                }
                if (System.nanoTime() >= tickAt) {
                    stillRunning.run();
                    tickAt = System.nanoTime() + TICK_NANOS;
                }
            }
            return futures.stream().map(Workers::result).toList();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static OlympeException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OlympeException("The build was interrupted. Run it again.", e);
    }

    /** Interrupts the tasks that are still running. */
    @Override
    public void close() {
        fixed.shutdownNow();
        own.shutdownNow();
    }

    /** Interrupts the tasks that are still running, and waits at most this long until they end. */
    public void close(Duration longest) {
        close();
        boolean interrupted = Thread.interrupted();
        try {
            long end = System.nanoTime() + longest.toNanos();
            fixed.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS);
            own.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

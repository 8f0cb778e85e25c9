package io.github.olympe.maven.process;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Repeats a task at a steady pace, on a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {

    private final ScheduledExecutorService thread;

    private Ticker(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /**
     * Starts a ticker.
     *
     * @param pace the time before the first run and between two runs
     * @param name the thread's name, for people who read a thread dump
     */
    public static Ticker every(Duration pace, String name, Runnable task) {
        ScheduledExecutorService thread =
                new ScheduledThreadPoolExecutor(1, runnable -> Workers.daemon(runnable, "olympe-" + name));
        thread.scheduleAtFixedRate(task, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
        return new Ticker(thread);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

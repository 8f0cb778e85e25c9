package io.github.olympe.maven.process;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does something at a steady pace, on a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {

    private final ScheduledExecutorService thread;

    private Ticker(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /**
     * Starts one.
     *
     * @param pace how long it waits before the first time, and between two
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

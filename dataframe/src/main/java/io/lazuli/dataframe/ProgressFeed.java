package io.lazuli.dataframe;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobProgress;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells a listener how a job goes, ten times a second, and once when it has ended; never two calls at a time.
final class ProgressFeed implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final Job job;
    private final Optional<Consumer<JobProgress>> listener;
    /// Null without a listener.
    private final @Nullable ScheduledExecutorService timer;

    private ProgressFeed(Job job, Optional<Consumer<JobProgress>> listener, @Nullable ScheduledExecutorService timer) {
        this.job = job;
        this.listener = listener;
        this.timer = timer;
    }

    static ProgressFeed start(Job job, Optional<Consumer<JobProgress>> listener) {
        if (listener.isEmpty()) {
            return new ProgressFeed(job, listener, null);
        }
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("lazuli-progress").factory());
        timer.scheduleWithFixedDelay(
                () -> listener.get().accept(job.progress()), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return new ProgressFeed(job, listener, timer);
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.close();
        }
        listener.ifPresent(l -> l.accept(job.progress()));
    }
}

package io.lazuli.dataframe;

import io.lazuli.graph.JobProgress;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells a listener how a run goes, ten times a second, and once when it has ended; never two calls at a time.
final class ProgressFeed implements AutoCloseable {
    private static final long PERIOD_MILLIS = 100;

    private final Supplier<JobProgress> progress;
    private final Optional<Consumer<JobProgress>> listener;
    /// Null without a listener.
    private final @Nullable ScheduledExecutorService timer;

    private ProgressFeed(
            Supplier<JobProgress> progress, Optional<Consumer<JobProgress>> listener,
            @Nullable ScheduledExecutorService timer) {
        this.progress = progress;
        this.listener = listener;
        this.timer = timer;
    }

    static ProgressFeed start(Supplier<JobProgress> progress, Optional<Consumer<JobProgress>> listener) {
        if (listener.isEmpty()) {
            return new ProgressFeed(progress, listener, null);
        }
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("lazuli-progress").factory());
        ProgressFeed feed = new ProgressFeed(progress, listener, timer);
        timer.scheduleWithFixedDelay(feed::tell, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return feed;
    }

    /// There is nothing to tell of a plan that failed before anything ran.
    private void tell() {
        JobProgress now = progress.get();
        if (!now.layers().isEmpty()) {
            listener.ifPresent(l -> l.accept(now));
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.close();
        }
        tell();
    }
}

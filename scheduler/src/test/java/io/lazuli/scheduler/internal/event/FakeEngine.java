package io.lazuli.scheduler.internal.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.List;

/// An engine that does nothing but tell of jobs that end at once.
public final class FakeEngine implements EngineState {
    public final TransitionBuffer buffer = new TransitionBuffer();
    public final EventPublisher publisher;
    /// The last job told of.
    private long last;

    public FakeEngine(QueueLimits limits) {
        publisher = new EventPublisher(buffer, this, limits);
    }

    static JobDescription job(long id) {
        return new JobDescription(id, TransitionBuffer.NONE, "job " + id, 0, List.of());
    }

    /// Tells of `count` jobs, each in a block of its own.
    public void run(int count) {
        for (int i = 0; i < count; i++) {
            exclusively(() -> {
                long id = ++last;
                buffer.at(System.nanoTime());
                publisher.announce(id, () -> job(id));
                buffer.jobSubmitted(id, 0, TransitionBuffer.NONE);
                buffer.jobFinished(id, JobProgress.State.SUCCEEDED);
            });
            publisher.flush();
        }
    }

    long last() {
        return last;
    }

    @Override
    public synchronized void exclusively(Runnable action) {
        action.run();
    }

    @Override
    public void describe(Description into) {
        into.worker(0, 2);
        if (last > 0) {
            into.job(job(last), 0, System.nanoTime(), List.of());
        }
    }

    @Override
    public void observed() {
        // Takes no samples.
    }

    @Override
    public void sample(TransitionBuffer into) {
        // Nothing ever spills.
    }
}

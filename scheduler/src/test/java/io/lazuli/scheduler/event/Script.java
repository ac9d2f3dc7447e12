package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Plays an engine to a view, at times of its own.
final class Script {
    static final long SECOND = 1_000_000_000;

    private final EventSubscriber subscriber;
    private final TransitionBuffer buffer = new TransitionBuffer();
    long nanos;

    Script(EventSubscriber subscriber) {
        this.subscriber = subscriber;
        buffer.open(0);
    }

    /// A job whose layers have consecutive tasks from id 0.
    void submit(long id, String name, Object... labelsAndCounts) {
        List<LayerDescription> layers = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < labelsAndCounts.length; i += 2) {
            int count = (int) Objects.requireNonNull(labelsAndCounts[i + 1]);
            layers.add(new LayerDescription(
                    new Token(id, i), (String) labelsAndCounts[i], first, count, false, List.of()));
            first += count;
        }
        buffer.at(nanos);
        buffer.jobSubmitted(id, 0, EngineEvent.NONE);
        tell(Map.of(id, new JobDescription(id, EngineEvent.NONE, name, 0, layers)));
    }

    /// A job of one layer that a task of another has set off.
    void submitWithin(long id, long parent, int firstTask, String label, int count) {
        buffer.at(nanos);
        buffer.jobSubmitted(id, firstTask, EngineEvent.NONE);
        LayerDescription layer = new LayerDescription(new Token(id, 0), label, 0, count, false, List.of());
        tell(Map.of(id, new JobDescription(id, parent, "within", 0, List.of(layer))));
    }

    void spill(long id, long writtenBytes, long readBytes, long diskBytes) {
        buffer.at(nanos);
        buffer.resultsSpilled(id, writtenBytes, readBytes, diskBytes);
        tell(Map.of());
    }

    void forget(long id) {
        subscriber.accept(
                new EventBlock(1, new long[] {TransitionBuffer.JOB_FORGOTTEN, id}, Map.of(), Map.of()));
    }

    void finish(long id, JobProgress.State state) {
        buffer.at(nanos);
        buffer.jobFinished(id, state);
        tell(Map.of());
    }

    /// Moves `count` tasks.
    void move(TaskTransition transition, TaskStatus from, int task, int count) {
        long[] words = {
            TransitionBuffer.CLOCK | nanos << 8,
            transition.ordinal() | (long) from.ordinal() << 8 | (long) task << 32,
            count
        };
        subscriber.accept(new EventBlock(1, words, Map.of(), Map.of()));
    }

    void run(int task, int count) {
        move(TaskTransition.ASSIGNED, TaskStatus.READY, task, count);
    }

    void end(int task, int count) {
        move(TaskTransition.FINISHED, TaskStatus.LEASED, task, count);
    }

    private void tell(Map<Long, JobDescription> jobs) {
        subscriber.accept(new EventBlock(1, buffer.take(), jobs, Map.of()));
    }
}

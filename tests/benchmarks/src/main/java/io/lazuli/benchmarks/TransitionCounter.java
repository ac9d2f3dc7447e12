package io.lazuli.benchmarks;

import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.EventKind;
import io.lazuli.scheduler.event.EventSubscriber;

/// Reads every event, and counts the transitions of tasks.
final class TransitionCounter implements EventSubscriber {
    private long count;

    @Override
    public void accept(EventBlock block) {
        for (EventCursor event = block.cursor(); event.next();) {
            if (event.kind() == EventKind.TASKS_MOVED || event.kind() == EventKind.TASK_ENDED) {
                count += event.taskCount();
            }
        }
    }

    /// Once the engine is closed.
    long count() {
        return count;
    }
}

package io.lazuli.scheduler.internal.local;

import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;

/// What the two cores are told next. Empty except while the dispatcher's lock is held.
///
/// @param client what clients say to the scheduler
/// @param worker what threads and the scheduler say to the worker
record Inbox(EventBuffer client, WorkerEventBuffer worker) {
    boolean isEmpty() {
        return client.isEmpty() && worker.isEmpty();
    }

    void clear() {
        client.clear();
        worker.clear();
    }
}

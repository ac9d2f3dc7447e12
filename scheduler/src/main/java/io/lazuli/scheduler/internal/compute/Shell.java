package io.lazuli.scheduler.internal.compute;

import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import java.util.function.BooleanSupplier;

/// What stands around the worker's core beside its threads: in one process the scheduler, in a cluster the way to it. All
/// but [#awaitRoom] and [#tick] for whoever holds the dispatcher's lock.
public interface Shell {
    /// What the worker's core is told next. Empty except while the lock is held.
    WorkerEventBuffer inbox();

    /// Lets the cores decide about all that they are to be told, and does what they say.
    void decide();

    /// Threads that have nothing to run.
    int idleThreadCount();

    /// Threads that were given up. They may never end, and hold what they have allocated.
    int abandonedCount();

    /// Forgets what the cores were to be told: a defect has stopped the engine, or an action failed half-way.
    void clear();

    /// Time has passed. Looks at what needs no lock, without it, and returns what is to be done with it: adds what the cores are to
    /// be told; false if there is nothing to watch over.
    BooleanSupplier tick();

    /// Waits until there is room for what the threads have to tell. Without the lock.
    void awaitRoom();

    /// A defect has stopped the engine: wakes who waits for it.
    void brokeDown();
}

package io.lazuli.graph;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Reservation;

/// What a running task may touch besides its inputs.
public interface TaskContext {
    /// The name of what this task computes.
    Key key();

    default int partition() {
        return key().partition();
    }

    /// This task's memory; closed by the engine when the task ends.
    Reservation memory();

    /// True when nobody wants the result any more; one volatile read.
    boolean isCancelled();

    /// Errors: CANCELLED if [#isCancelled].
    void checkCancelled() throws LazuliException;
}

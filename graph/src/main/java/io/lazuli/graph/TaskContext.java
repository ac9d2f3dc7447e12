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

    /// Adds to one of the numbers that the tasks of this layer count beside their results, such as the rows that reached a step.
    /// The operation decides what each index, from 0, stands for; [JobProgress.LayerProgress#counts] has the sums.
    ///
    /// **Cost.** Some nanoseconds: for once a task, not once a row. An engine may count nothing.
    default void count(int index, long amount) {}
}

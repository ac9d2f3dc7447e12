package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.memory.Block;

/// Rows in = rows out, asked of every task where rows are moved from block to block. Counts are there anyway, so it costs an
/// addition a batch and a comparison a task.
///
/// ```
///   producer   rows that its sink must keep     = rows of its block              [PipelineRun], [BatchSink#keptRows]
///   exchange   rows of all producers' blocks    = rows of all consumers' slices  (the engine's core)
///   consumer   rows of this task's slices       = rows that its operator took    [BlockOrigin], [MergedRunsOrigin],
///                                                                                [MergedGroupsOrigin], [JoinedSlicesOrigin]
/// ```
final class RowConservation {
    private RowConservation() {}

    /// Errors: INTERNAL if a task took more or fewer rows of its inputs than they have.
    static void checkTaken(TaskContext context, long expected, long found) {
        check(context, "took from its inputs", expected, found);
    }

    /// Errors: INTERNAL if the block of a sink has more or fewer rows than it must keep of those that came.
    static void checkKept(TaskContext context, BatchSink sink, long rowCount, Block block) {
        check(context, "kept", sink.keptRows(rowCount).orElse(block.rowCount()), block.rowCount());
    }

    private static void check(TaskContext context, String place, long expected, long found) {
        if (expected != found) {
            throw RowErrors.rowsNotConserved(context.memory().owner(), place, expected, found);
        }
    }
}

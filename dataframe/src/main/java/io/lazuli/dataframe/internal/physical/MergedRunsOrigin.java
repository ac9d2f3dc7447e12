package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.sort.RunMerger;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import java.util.List;
import java.util.Optional;

/// Merges the sorted runs of a dependency, or this task's slice of each. At its end all their rows must have come out.
final class MergedRunsOrigin implements BatchOrigin {
    private final TaskContext context;
    private final RunMerger merger;
    private final long rowCount;
    private long given;

    MergedRunsOrigin(Pipeline.MergedRuns origin, TaskContext context, TaskInputs inputs) {
        this.context = context;
        this.rowCount = BlockOrigin.rowCount(inputs, origin.dependency());
        List<RunMerger.Run> runs = BlockOrigin.views(inputs, origin.dependency())
                .map(rows -> new RunMerger.Run(rows.view(), rows.start(), rows.end()))
                .toList();
        merger = new RunMerger(context.memory(), SortKeys.rowOrder(origin.order()), runs);
    }

    @Override
    public int expectedRows() {
        return Math.toIntExact(rowCount);
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        Batch batch = merger.next(scratch);
        given += batch.rowCount();
        if (batch.rowCount() == 0) {
            RowConservation.checkTaken(context, rowCount, given);
            return Optional.empty();
        }
        return Optional.of(batch);
    }
}

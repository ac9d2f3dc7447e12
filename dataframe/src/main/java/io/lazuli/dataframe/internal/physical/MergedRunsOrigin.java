package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.sort.RunMerger;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.Optional;

/// Merges the sorted runs of a dependency, or this task's slice of each.
final class MergedRunsOrigin implements BatchOrigin {
    private final RunMerger merger;

    MergedRunsOrigin(Pipeline.MergedRuns origin, Reservation memory, TaskInputs inputs) {
        List<RunMerger.Run> runs = BlockOrigin.views(inputs, origin.dependency())
                .map(rows -> new RunMerger.Run(rows.view(), rows.start(), rows.end()))
                .toList();
        merger = new RunMerger(memory, SortKeys.rowOrder(origin.order()), runs);
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        Batch batch = merger.next(scratch);
        return batch.rowCount() == 0 ? Optional.empty() : Optional.of(batch);
    }
}

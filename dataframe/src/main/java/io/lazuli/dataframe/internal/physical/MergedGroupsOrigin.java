package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.aggregate.Groups;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import java.util.Optional;
import java.util.stream.IntStream;

/// Merges all partial groups of a dependency (this task's slice of them) and then gives out the finished ones.
final class MergedGroupsOrigin implements BatchOrigin {
    private final TaskContext context;
    private final TaskInputs inputs;
    private final int dependency;
    private final Groups groups;
    private boolean isMerged;
    /// Groups given out so far.
    private int position;

    MergedGroupsOrigin(Pipeline.MergedGroups origin, TaskContext context, TaskInputs inputs) {
        this.context = context;
        this.inputs = inputs;
        this.dependency = origin.dependency();
        int keyCount = origin.aggregation().keys().size();
        boolean hasNullKeys = BlockOrigin.views(inputs, dependency)
                .anyMatch(rows -> IntStream.range(0, keyCount).anyMatch(key -> rows.view().column(key).mayHaveNulls()));
        this.groups = Aggregates.groups(origin.aggregation(), new StateMemory(context.memory()), hasNullKeys);
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        if (!isMerged) {
            merge(scratch);
            isMerged = true;
            scratch.reset();
        }
        int length = Math.min(Batch.ROWS, groups.count() - position);
        if (length == 0) {
            return Optional.empty();
        }
        Batch batch = groups.finish(position, length, scratch);
        position += length;
        return Optional.of(batch);
    }

    private void merge(Scratch scratch) {
        BlockOrigin origin = BlockOrigin.whole(inputs, dependency);
        for (Optional<Batch> batch = origin.next(scratch); batch.isPresent(); batch = origin.next(scratch)) {
            context.checkCancelled();
            if (!groups.tryReservePartial(batch.get())) {
                throw Errors.groupsDoNotFit(context.memory().owner(), groups.count());
            }
            groups.merge(batch.get());
            scratch.reset();
        }
    }
}

package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// Chooses `rangeCount - 1` rows that divide all sorted runs (dependency 0, every block) into ranges of about equal size; returns
/// their sort columns as a block of that many rows or fewer.
public record SortBounds(SortOrder order, int rangeCount) implements Operation {
    @Override
    public String name() {
        return "bounds";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        throw new IllegalStateException("not there yet");
    }
}

package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// Cuts a sorted run (dependency 0) at the bounds (dependency 1) into `rangeCount` slices, without copying a row. Equal keys
/// always fall into the same range.
public record CutRun(SortOrder order, int rangeCount) implements Operation {
    @Override
    public String name() {
        return "cut";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        throw new IllegalStateException("not there yet");
    }
}

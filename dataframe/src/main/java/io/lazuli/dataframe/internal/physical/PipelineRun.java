package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// Runs a [Pipeline] in one task.
final class PipelineRun {
    private PipelineRun() {}

    static Block run(Pipeline pipeline, TaskContext context, TaskInputs inputs) {
        throw new IllegalStateException("no runner for " + pipeline.name());
    }
}

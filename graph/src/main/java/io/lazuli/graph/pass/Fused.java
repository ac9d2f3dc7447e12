package io.lazuli.graph.pass;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// Several operations in one task, each on the block of the one before, see [Relay].
sealed interface Fused extends Operation permits FusedLayers, FusedTasks {
    int stepCount(int partition);

    Step step(int partition, int index);

    @Override
    default Block run(TaskContext context, TaskInputs inputs) {
        return Relay.run(this, context, inputs);
    }
}

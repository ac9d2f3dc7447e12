package io.lazuli.graph.delayed;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.List;

/// Hands wanted results over in the order in which they were asked for: each partition reads exactly one block, of any of its
/// dependencies, and returns that same block.
record Delivery() implements Operation {
    @Override
    public String name() {
        return "deliver";
    }

    @Override
    public long grantBytes() {
        return 0;
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        for (int d = 0; d < inputs.dependencyCount(); d++) {
            List<Block> blocks = inputs.blocks(d);
            if (!blocks.isEmpty()) {
                return blocks.getFirst().retain();
            }
        }
        throw new IllegalStateException("no result to deliver as partition " + context.partition());
    }
}

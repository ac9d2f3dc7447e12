package io.lazuli.benchmarks;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// A task that does nothing: what it takes is the engine's.
///
/// @param number sets layers apart
record Nothing(int number) implements Operation {
    private static final Object VALUE = 1L;
    private static final long VALUE_BYTES = 24;

    @Override
    public String name() {
        return "nothing";
    }

    @Override
    public long grantBytes() {
        return 0;
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        return Block.value(VALUE, VALUE_BYTES);
    }
}

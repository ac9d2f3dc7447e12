package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// In place of an operation that could not be read: fails with the reason.
record BrokenOperation(Operation of, RuntimeException why) implements Operation {
    @Override
    public String name() {
        return of.name();
    }

    @Override
    public String nameOf(int partition) {
        return of.nameOf(partition);
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        throw why;
    }

    @Override
    public long grantBytes() {
        return of.grantBytes();
    }
}

package io.lazuli.tests.job;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// An operation whose tasks leave marks, under its name.
public record Marked(Marks marks, Operation operation) implements Operation {
    @Override
    public String name() {
        return operation.name();
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        try (Marks.Begun run = marks.begin(name(), context.partition())) {
            Block block = operation.run(context, inputs);
            run.end();
            return block;
        }
    }
}

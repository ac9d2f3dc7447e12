package io.lazuli.graph.pass;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// Stands for an operation that may return an expansion of its inputs; is never run.
record NamesInputs() implements Operation {
    @Override
    public String name() {
        return "names-inputs";
    }

    @Override
    public boolean namesInputs() {
        return true;
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        throw new UnsupportedOperationException();
    }
}

package io.lazuli.scheduler;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import java.util.List;
import java.util.function.BiFunction;

/// An operation of a test, which does what it is told; never equal to another.
record Body(String name, long grantBytes, boolean runsUserCode,
        BiFunction<TaskContext, TaskInputs, Block> body) implements Operation {
    /// What operations are granted that do not say.
    static final long GRANT = 1 << 20;

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        return body.apply(context, inputs);
    }

    /// A layer of tasks without a grant.
    static Layer layer(int partitionCount, BiFunction<TaskContext, TaskInputs, Block> body, Dependency... on) {
        return new Body("body", 0, false, body).over("test layer", partitionCount, on);
    }

    Layer over(String label, int partitionCount, Dependency... on) {
        return new Layer(Token.random(), this, partitionCount, List.of(on), label);
    }

    static Block rows(long count) {
        return Block.columns(count, new byte[0], List.of());
    }

    /// Rows of the first input.
    static long total(TaskInputs inputs) {
        return inputs.blocks(0).stream().mapToLong(Block::rowCount).sum();
    }
}

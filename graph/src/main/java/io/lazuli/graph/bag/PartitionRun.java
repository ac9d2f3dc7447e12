package io.lazuli.graph.bag;

import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One task while it runs: what its origin, steps and sink share.
///
/// The inputs of its origin come first, then one for each step that has a side, then the one of the sink.
final class PartitionRun implements AutoCloseable {
    private final TaskContext context;
    private final TaskInputs inputs;
    private final int originInputCount;
    private final List<Runnable> atClose = new ArrayList<>();

    PartitionRun(TaskContext context, TaskInputs inputs, int originInputCount) {
        this.context = context;
        this.inputs = inputs;
        this.originInputCount = originInputCount;
    }

    int partition() {
        return context.partition();
    }

    void checkCancelled() {
        context.checkCancelled();
    }

    /// The same receiver, which first looks whether anybody still wants the result.
    Receiver cancellable(Receiver next) {
        return new Receiver() {
            @Override
            public boolean accept(@Nullable Object element) {
                context.checkCancelled();
                return next.accept(element);
            }

            @Override
            public void end() {
                next.end();
            }
        };
    }

    int originInputCount() {
        return originInputCount;
    }

    List<Block> blocks(int input) {
        return inputs.blocks(input);
    }

    /// The elements of a block that this task takes.
    List<?> elements(int input, Block block) {
        int slice = inputs.slice(input);
        return list(block).subList((int) block.sliceStart(slice), (int) block.sliceEnd(slice));
    }

    /// The value of an input that is one block.
    @Nullable
    Object value(int input) {
        return inputs.block(input).value();
    }

    /// The blocks of the last input.
    List<Block> lastInput() {
        return inputs.blocks(inputs.dependencyCount() - 1);
    }

    private static List<?> list(Block block) {
        if (block.value() instanceof List<?> list) {
            return list;
        }
        throw new IllegalStateException("a partition of a bag is a list, found " + block);
    }

    /// Runs `action` when the task ends, well or not.
    void atClose(Runnable action) {
        atClose.add(action);
    }

    @Override
    public void close() {
        atClose.reversed().forEach(Runnable::run);
    }
}

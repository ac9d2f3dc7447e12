package io.lazuli.graph.pass;

import io.lazuli.graph.Argument;
import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.List;

/// One operation of a [Fused] task.
///
/// @param key             the result it would have as a task of its own
/// @param dependencyCount how many dependencies it has then
/// @param dependency      through which of them it reads the block of the step before
record Step(Operation operation, Key key, int dependencyCount, int dependency) {
    String name() {
        return operation.nameOf(key.partition());
    }

    /// What it reads if `block` comes from the step before.
    TaskInputs inputs(Block block) {
        return new HandedOver(this, List.of(block));
    }

    private record HandedOver(Step step, List<Block> block) implements TaskInputs {
        @Override
        public int dependencyCount() {
            return step.dependencyCount;
        }

        @Override
        public List<Block> blocks(int dependency) {
            return dependency == step.dependency ? block : List.of();
        }

        @Override
        public int slice(int dependency) {
            return Argument.WHOLE;
        }
    }
}

package io.lazuli.graph;

import io.lazuli.graph.memory.Block;
import java.util.List;

/// The inputs of one task: the slice and the blocks of each dependency.
public record BorrowedInputs(List<Integer> slices, List<List<Block>> blocks) implements TaskInputs {
    public BorrowedInputs {
        slices = List.copyOf(slices);
        blocks = blocks.stream().map(List::copyOf).toList();
    }

    @Override
    public int dependencyCount() {
        return blocks.size();
    }

    @Override
    public List<Block> blocks(int dependency) {
        return blocks.get(dependency);
    }

    @Override
    public int slice(int dependency) {
        return slices.get(dependency);
    }
}

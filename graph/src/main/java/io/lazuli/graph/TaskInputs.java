package io.lazuli.graph;

import io.lazuli.graph.memory.Block;
import java.util.List;

/// The blocks a task may read, in the order of its layer's dependencies. Borrowed for the call.
public interface TaskInputs {
    int dependencyCount();

    /// The blocks of one dependency, in partition order.
    List<Block> blocks(int dependency);

    /// Which slice of those blocks this task takes; [Argument#WHOLE] if all rows are its own.
    int slice(int dependency);

    /// The only block of a dependency that has exactly one.
    default Block block(int dependency) {
        List<Block> blocks = blocks(dependency);
        if (blocks.size() != 1) {
            throw new IllegalStateException(
                    "dependency " + dependency + " has " + blocks.size() + " blocks, expected one");
        }
        return blocks.getFirst();
    }
}

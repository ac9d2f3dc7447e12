package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.Layer;
import io.lazuli.graph.memory.Block;

/// The way of a block from the store to a task that takes a slice of it. Tests make it lose rows.
@FunctionalInterface
public interface Transit {
    Transit SAFE = (consumer, slice, block) -> block;

    /// What arrives. Ownership: takes over the caller's reference, and gives one.
    Block carry(Layer consumer, int slice, Block block);
}

package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.memory.Block;

/// The end of a pipeline.
interface BatchSink extends BatchConsumer, AutoCloseable {
    /// What the task returns, after the last batch.
    ///
    /// Ownership: the block belongs to the caller.
    Block finish();

    /// Gives back what is not memory of the task, whether it has finished or failed.
    @Override
    default void close() {}

    @Override
    default boolean wantsMore() {
        return true;
    }
}

package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.memory.Block;

/// The end of a pipeline.
interface BatchSink extends BatchConsumer {
    /// What the task returns, after the last batch.
    ///
    /// Ownership: the block belongs to the caller.
    Block finish();

    @Override
    default boolean wantsMore() {
        return true;
    }
}

package io.lazuli.dataframe.internal.physical;

import io.lazuli.graph.memory.Block;
import java.util.OptionalLong;

/// The end of a pipeline.
interface BatchSink extends BatchConsumer, AutoCloseable {
    /// About so many rows will come.
    default void expect(int rowCount) {}

    /// What the task returns, after the last batch.
    ///
    /// Ownership: the block belongs to the caller.
    Block finish();

    /// The rows that the result must have after `rowCount` came; empty where that depends on what is in them.
    default OptionalLong keptRows(long rowCount) {
        return OptionalLong.empty();
    }

    /// Gives back what is not memory of the task, whether it has finished or failed.
    @Override
    default void close() {}

    @Override
    default boolean wantsMore() {
        return true;
    }
}

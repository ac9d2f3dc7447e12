package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.graph.memory.Block;

/// Encodes the rows of one task. Confined to one thread.
public interface PartEncoder extends AutoCloseable {
    /// About so many rows will come; before the first.
    default void expect(int rowCount) {}

    void write(Batch batch);

    /// The rows in a form that the writer of the encoding knows.
    ///
    /// Ownership: the block belongs to the caller.
    Block finish();

    /// Gives back what is not memory of the task, whether it has finished or failed.
    @Override
    default void close() {}
}

package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.graph.memory.Block;
import java.util.Optional;

/// Writes one file. It appears under its name only by [#commit]; closing without it leaves nothing behind.
public interface TableWriter extends AutoCloseable {
    /// How tasks encode rows for this writer; empty if it wants the rows themselves.
    default Optional<PartEncoding> encoding() {
        return Optional.empty();
    }

    /// Errors: RESOURCE, naming the file.
    void write(Batch batch);

    /// Writes what a task has made of its rows by [#encoding]. Errors: as [#write].
    ///
    /// Ownership: the block is borrowed.
    default void append(Block part) {
        write(ColumnBlocks.view(part));
    }

    void commit();

    @Override
    void close();
}

package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.column.Batch;

/// Writes one file. It appears under its name only by [#commit]; closing without it leaves nothing behind.
public interface TableWriter extends AutoCloseable {
    /// Errors: RESOURCE, naming the file.
    void write(Batch batch);

    void commit();

    @Override
    void close();
}

package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.column.Batch;
import java.util.Optional;

/// Reads one split, batch by batch. Confined to one thread.
public interface BatchReader extends AutoCloseable {
    /// The next batch of at most [Batch#ROWS] rows, or empty at the end. Errors: DATA, naming file and place; RESOURCE.
    Optional<Batch> next();

    @Override
    void close();
}

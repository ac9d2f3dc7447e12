package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import java.util.Optional;

/// The start of a pipeline. Confined to one thread.
interface BatchOrigin extends AutoCloseable {
    /// The next batch of at most [Batch#ROWS] rows, or empty at the end. `scratch` has been reset.
    Optional<Batch> next(Scratch scratch);

    /// About how many rows will come, 0 if that is not known.
    default int expectedRows() {
        return 0;
    }

    @Override
    default void close() {}
}

package io.lazuli.dataframe.internal.operator.user;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.graph.Tokenized;

/// A function of the user's program that makes rows of all rows of a partition. It may be called by several threads at once.
public interface PartitionFunction extends Tokenized {
    /// What it is called in plans.
    String name();

    /// What becomes of `rows`, which stay valid until the reader is closed; batches are valid until `scratch` is reset.
    ///
    /// Errors: USER if the program fails or returns something else than it declared; RESOURCE, DATA if the rows cannot be passed to it.
    BatchReader apply(Batch rows, int partition, Scratch scratch);
}

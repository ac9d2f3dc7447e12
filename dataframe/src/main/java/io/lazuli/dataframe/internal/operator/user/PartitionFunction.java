package io.lazuli.dataframe.internal.operator.user;

import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.graph.Tokenized;

/// A function of the user's program that makes rows of all rows of a partition, some of which may see rows around it. It may be called
/// by several threads at once.
public interface PartitionFunction extends Tokenized {
    /// What it is called in plans.
    String name();

    /// What becomes of the partition, whose rows stay valid until the reader is closed; those around it only until this returns. Batches
    /// are valid until `scratch` is reset.
    ///
    /// Errors: USER if the program fails or returns something else than it declared; RESOURCE, DATA if the rows cannot be passed to it.
    BatchReader apply(PartitionRows rows, int partition, Scratch scratch);
}

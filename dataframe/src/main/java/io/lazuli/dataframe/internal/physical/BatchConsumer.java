package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;

/// Takes the batches of a pipeline, one after the other: a step or a sink.
interface BatchConsumer {
    /// Takes at most [Batch#ROWS] rows.
    ///
    /// Ownership: the batch is borrowed for the call.
    void accept(Batch batch);

    /// False when further batches would change nothing, so that the origin may stop.
    boolean wantsMore();
}

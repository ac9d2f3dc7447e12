package io.lazuli.dataframe.internal.operator.user;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.graph.Tokenized;
import java.util.function.Consumer;

/// A function of the user's program that makes rows of rows. It may be called by several threads at once.
public interface RowFunction extends Tokenized {
    /// What it is called in plans, such as `map Fare`.
    String name();

    /// Where the rows of a batch stand, for errors.
    ///
    /// @param row the first one's, from 0 in its partition
    record Place(int partition, long row) {}

    /// Hands what becomes of `rows` to `next`, in batches of at most [Batch#ROWS]. `scratch` is reset after each call of `next`.
    ///
    /// Errors: USER if the program fails, DATA if a value cannot be passed to it.
    void apply(Batch rows, Place place, Scratch scratch, Consumer<Batch> next);
}

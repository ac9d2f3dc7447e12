package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;

/// An expression with its kernels chosen, once a task, so that nothing is left to decide for a batch.
interface PreparedExpr {
    /// Ownership: the result is a column of the batch, lives in `scratch`, or is a [Constant]'s.
    Column evaluate(Batch batch, Scratch scratch);
}

package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Validity;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/// An expression whose result counts for some rows only. If it can fail, its input columns are null in the other rows: it then
/// has no value there to overflow, to parse or to hand to a user's function. If it cannot, it is left alone.
///
/// ```
///   if (b = 0) then null else cast(text as INT)         text   b          text as the cast sees it
///                                                       "7"    1          "7"
///                                                       "n/a"  0          null
/// ```
final class Guard {
    private final PreparedExpr expression;
    /// Columns to restrict; none if the expression cannot fail.
    private final BitSet inputs;

    private Guard(PreparedExpr expression, BitSet inputs) {
        this.expression = expression;
        this.inputs = inputs;
    }

    static Guard create(BoundExpr expression, PreparedExpr prepared) {
        BitSet inputs = new BitSet();
        if (Evaluator.mayFail(expression)) {
            collectInputs(expression, inputs);
        }
        return new Guard(prepared, inputs);
    }

    /// @param rows bits of the rows that count; asked for only if they matter
    Column evaluate(Batch batch, Supplier<MemorySegment> rows, Scratch scratch) {
        return expression.evaluate(inputs.isEmpty() ? batch : restrict(batch, rows.get(), scratch), scratch);
    }

    private Batch restrict(Batch batch, MemorySegment rows, Scratch scratch) {
        List<Column> columns = new ArrayList<>(batch.columns());
        for (int index = inputs.nextSetBit(0); index >= 0; index = inputs.nextSetBit(index + 1)) {
            columns.set(index, Validity.restrict(columns.get(index), rows, scratch));
        }
        return new Batch(batch.rowCount(), columns);
    }

    private static void collectInputs(BoundExpr expression, BitSet inputs) {
        if (expression instanceof BoundExpr.Input input) {
            inputs.set(input.index());
        }
        expression.children().forEach(child -> collectInputs(child, inputs));
    }
}

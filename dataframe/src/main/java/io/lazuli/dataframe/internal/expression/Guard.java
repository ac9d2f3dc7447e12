package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/// An expression whose result counts for some rows only. If it can fail, its input columns are null in the other rows: it then
/// has no value there to overflow, to parse or to hand to a user's function; and if it counts for no row, it is not evaluated
/// at all, so that not even its constants fail. If it cannot fail, it is left alone.
///
/// ```
///   if (b = 0) then null else cast(text as INT)         text   b          text as the cast sees it
///                                                       "7"    1          "7"
///                                                       "n/a"  0          null
/// ```
final class Guard {
    private final PreparedExpr expression;
    private final DataType type;
    private final boolean mayFail;
    /// Columns to restrict; none if the expression cannot fail.
    private final BitSet inputs;

    private Guard(PreparedExpr expression, DataType type, boolean mayFail, BitSet inputs) {
        this.expression = expression;
        this.type = type;
        this.mayFail = mayFail;
        this.inputs = inputs;
    }

    static Guard create(BoundExpr expression, PreparedExpr prepared) {
        BitSet inputs = new BitSet();
        boolean mayFail = Evaluator.mayFail(expression);
        if (mayFail) {
            collectInputs(expression, inputs);
        }
        return new Guard(prepared, expression.type(), mayFail, inputs);
    }

    /// @param rows bits of the rows that count; asked for only if they matter
    Column evaluate(Batch batch, Supplier<MemorySegment> rows, Scratch scratch) {
        if (!mayFail) {
            return expression.evaluate(batch, scratch);
        }
        MemorySegment kept = rows.get();
        return Bits.count(kept, batch.rowCount()) == 0
                ? nulls(batch.rowCount(), scratch)
                : expression.evaluate(restrict(batch, kept, scratch), scratch);
    }

    private Column nulls(int rowCount, Scratch scratch) {
        MemorySegment validity = scratch.bits(rowCount).fill((byte) 0);
        MemorySegment values = scratch.values(Kind.of(type), rowCount).fill((byte) 0);
        return new Column(type, rowCount, validity, values);
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

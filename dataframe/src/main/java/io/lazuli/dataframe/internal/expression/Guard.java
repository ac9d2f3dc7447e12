package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
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
        if (canFail(expression)) {
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

    private static boolean canFail(BoundExpr expression) {
        boolean itself =
                switch (expression) {
                    case BoundExpr.Arithmetic arithmetic -> arithmetic.type() != DataType.FLOAT64;
                    case BoundExpr.Cast cast -> canFail(cast.operand().type(), cast.type());
                    case BoundExpr.Call call ->
                        call.function() == BoundExpr.Function.ABS && call.type() != DataType.FLOAT64;
                    case BoundExpr.MapValue ignored -> true;
                    case BoundExpr.Input ignored -> false;
                    case BoundExpr.Literal ignored -> false;
                    case BoundExpr.Compare ignored -> false;
                    case BoundExpr.And ignored -> false;
                    case BoundExpr.Or ignored -> false;
                    case BoundExpr.Not ignored -> false;
                    case BoundExpr.IsNull ignored -> false;
                    case BoundExpr.If ignored -> false;
                };
        return itself || expression.children().stream().anyMatch(Guard::canFail);
    }

    private static boolean canFail(DataType from, DataType to) {
        return switch (Kind.of(from)) {
            case BOOL, INT -> to == DataType.TIMESTAMP;
            case LONG -> to == DataType.INT;
            case DOUBLE -> to == DataType.INT || to == DataType.LONG;
            case UTF8 -> to != DataType.UTF8;
        };
    }
}

package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Running sums and products of FLOAT64, row by row from what was carried.
final class RunningDoubles implements OrderedColumn {
    private final OrderedCall call;
    /// Over all rows before the next one.
    private double total;

    RunningDoubles(OrderedCall call, double carried) {
        this.call = call;
        this.total = carried;
    }

    @Override
    public Column next(Batch batch, int start, Scratch scratch) {
        Column column = batch.column(call.input());
        MemorySegment result = scratch.values(Kind.DOUBLE, column.length());
        total = isSum(call) ? sums(column, total, result) : products(column, total, result);
        return new Column(DataType.FLOAT64, column.length(), column.validity(), result);
    }

    private static boolean isSum(OrderedCall call) {
        return call.function() == OrderedCall.Function.SUM;
    }

    private static double sums(Column column, double before, MemorySegment result) {
        double total = before;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                total += column.doubleAt(row);
            }
            result.set(Layouts.DOUBLE, row * 8L, total);
        }
        return total;
    }

    private static double products(Column column, double before, MemorySegment result) {
        double total = before;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                total *= column.doubleAt(row);
            }
            result.set(Layouts.DOUBLE, row * 8L, total);
        }
        return total;
    }

    /// What a partition adds to the total of those behind it.
    static double total(OrderedCall call, Batch rows) {
        Column column = rows.column(call.input());
        return isSum(call) ? sum(column) : product(column);
    }

    private static double sum(Column column) {
        double sum = 0;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                sum += column.doubleAt(row);
            }
        }
        return sum;
    }

    private static double product(Column column) {
        double product = 1;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                product *= column.doubleAt(row);
            }
        }
        return product;
    }
}

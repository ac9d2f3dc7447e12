package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Row numbers, and running counts, sums and products of whole numbers.
///
/// What is carried from partition to partition wraps around instead of overflowing: the total before a row is right modulo
/// 2^64, so it is right wherever it fits, and where it does not fit the rows before have already failed.
final class RunningLongs implements OrderedColumn {
    private final OrderedCall call;
    /// Over all rows before the next one; of ROWS_AFTER, the rows from the next one on.
    private long total;

    RunningLongs(OrderedCall call, long carried) {
        this.call = call;
        this.total = carried;
    }

    @Override
    public Column next(Batch batch, int start, Scratch scratch) {
        int length = batch.rowCount();
        MemorySegment result = scratch.values(Kind.LONG, length);
        switch (call.function()) {
            case ROW_INDEX -> total = rowIndexes(total, length, result);
            case ROWS_AFTER -> total = rowsAfter(total, length, result);
            case COUNT -> total = counts(batch.column(call.input()), total, result);
            case SUM -> total = sums(batch.column(call.input()), total, result);
            case PRODUCT -> total = products(batch.column(call.input()), total, result);
            case MIN, MAX, FILL_FORWARD, FILL_BACKWARD, SHIFT ->
                throw new IllegalArgumentException(call + " has no running number");
        }
        boolean keepsNulls = call.function() == OrderedCall.Function.SUM
                || call.function() == OrderedCall.Function.PRODUCT;
        MemorySegment validity = keepsNulls ? batch.column(call.input()).validity() : Column.NO_NULLS;
        return new Column(DataType.LONG, length, validity, result);
    }

    private static long rowIndexes(long first, int length, MemorySegment result) {
        for (int row = 0; row < length; row++) {
            result.set(Layouts.LONG, row * 8L, first + row);
        }
        return first + length;
    }

    private static long rowsAfter(long left, int length, MemorySegment result) {
        for (int row = 0; row < length; row++) {
            result.set(Layouts.LONG, row * 8L, left - 1 - row);
        }
        return left - length;
    }

    private static long counts(Column column, long before, MemorySegment result) {
        long count = before;
        for (int row = 0; row < column.length(); row++) {
            count += column.isNull(row) ? 0 : 1;
            result.set(Layouts.LONG, row * 8L, count);
        }
        return count;
    }

    private static long sums(Column column, long before, MemorySegment result) {
        long total = before;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                long value = column.longAt(row);
                long sum = total + value;
                if (((total ^ sum) & (value ^ sum)) < 0) {
                    throw ExpressionErrors.overflow("the running sum " + total + " + " + value, DataType.LONG);
                }
                total = sum;
            }
            result.set(Layouts.LONG, row * 8L, total);
        }
        return total;
    }

    private static long products(Column column, long before, MemorySegment result) {
        long total = before;
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                long value = column.longAt(row);
                long product = total * value;
                if (Math.multiplyHigh(total, value) != product >> 63) {
                    throw ExpressionErrors.overflow("the running product " + total + " * " + value, DataType.LONG);
                }
                total = product;
            }
            result.set(Layouts.LONG, row * 8L, total);
        }
        return total;
    }

    /// What a partition adds to the total of those behind it.
    static long total(OrderedCall call, Batch rows) {
        return switch (call.function()) {
            case ROW_INDEX, ROWS_AFTER -> rows.rowCount();
            case COUNT -> count(rows.column(call.input()));
            case SUM -> wrappedSum(rows.column(call.input()));
            case PRODUCT -> wrappedProduct(rows.column(call.input()));
            case MIN, MAX, FILL_FORWARD, FILL_BACKWARD, SHIFT ->
                throw new IllegalArgumentException(call + " has no total");
        };
    }

    private static long count(Column column) {
        return column.mayHaveNulls() ? Bits.count(column.validity(), column.length()) : column.length();
    }

    private static long wrappedSum(Column column) {
        long sum = 0;
        for (int row = 0; row < column.length(); row++) {
            sum += column.isNull(row) ? 0 : column.longAt(row);
        }
        return sum;
    }

    private static long wrappedProduct(Column column) {
        long product = 1;
        for (int row = 0; row < column.length(); row++) {
            product *= column.isNull(row) ? 1 : column.longAt(row);
        }
        return product;
    }
}

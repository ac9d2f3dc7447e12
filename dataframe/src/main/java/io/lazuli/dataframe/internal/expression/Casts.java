package io.lazuli.dataframe.internal.expression;

import static java.util.Map.entry;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.kernel.CastKernels;
import io.lazuli.dataframe.internal.kernel.FormatKernels;
import io.lazuli.dataframe.internal.kernel.ParseKernels;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/// Chooses kernels for casts.
final class Casts {
    private Casts() {}

    /// Says whether the value of any row did not fit.
    private interface Loop {
        boolean run(MemorySegment operand, int rowCount, MemorySegment result);
    }

    private record Conversion(DataType from, DataType to) {}

    private static final Map<Conversion, Loop> LOOPS = Map.ofEntries(
            entry(new Conversion(DataType.BOOL, DataType.INT), CastKernels::boolToInt),
            entry(new Conversion(DataType.BOOL, DataType.LONG), CastKernels::boolToLong),
            entry(new Conversion(DataType.BOOL, DataType.FLOAT64), CastKernels::boolToDouble),
            entry(new Conversion(DataType.INT, DataType.LONG), CastKernels::intToLong),
            entry(new Conversion(DataType.INT, DataType.FLOAT64), CastKernels::intToDouble),
            entry(new Conversion(DataType.LONG, DataType.INT), CastKernels::longToInt),
            entry(new Conversion(DataType.LONG, DataType.FLOAT64), CastKernels::longToDouble),
            entry(new Conversion(DataType.FLOAT64, DataType.INT), CastKernels::doubleToInt),
            entry(new Conversion(DataType.FLOAT64, DataType.LONG), CastKernels::doubleToLong),
            entry(new Conversion(DataType.DATE, DataType.TIMESTAMP), CastKernels::dateToTimestamp),
            entry(new Conversion(DataType.TIMESTAMP, DataType.DATE), CastKernels::timestampToDate));

    static PreparedExpr prepare(Cast cast, PreparedExpr operand) {
        DataType from = cast.operand().type();
        DataType to = cast.type();
        if (from == to) {
            return operand;
        }
        if (to == DataType.UTF8) {
            return (batch, scratch) -> FormatKernels.format(operand.evaluate(batch, scratch), scratch);
        }
        if (from == DataType.UTF8) {
            return (batch, scratch) -> parse(operand.evaluate(batch, scratch), to, scratch);
        }
        Loop loop = loop(from, to);
        return (batch, scratch) -> convert(operand.evaluate(batch, scratch), to, loop, scratch);
    }

    /// Microseconds of a time as the day it belongs to; other columns as they are.
    static PreparedExpr toDate(DataType from, PreparedExpr operand) {
        return from == DataType.TIMESTAMP
                ? (batch, scratch) -> convert(
                        operand.evaluate(batch, scratch), DataType.DATE, CastKernels::timestampToDate, scratch)
                : operand;
    }

    private static Column parse(Column text, DataType to, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(to), text.length());
        int failed = ParseKernels.parse(text, to, values);
        if (failed >= 0) {
            String found = "'" + Errors.shortened(text.stringAt(failed)) + "'";
            throw Errors.castFailed(found, text.type(), to, "expected " + form(to));
        }
        return new Column(to, text.length(), text.validity(), values);
    }

    private static Column convert(Column column, DataType to, Loop loop, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(to), column.length());
        if (loop.run(column.values(), column.length(), values)) {
            MemorySegment one = scratch.values(Kind.of(to), 1);
            Failures.first(column.validity(), column.length(), row -> loop.run(Failures.only(column, row), 1, one))
                    .ifPresent(row -> {
                        String found = Failures.show(column, row, scratch);
                        throw Errors.castFailed(found, column.type(), to, "expected " + range(to));
                    });
        }
        return new Column(to, column.length(), column.validity(), values);
    }

    private static Loop loop(DataType from, DataType to) {
        Loop loop = LOOPS.get(new Conversion(from, to));
        if (loop == null) {
            throw new IllegalArgumentException("no cast from " + from + " to " + to);
        }
        return loop;
    }

    private static String form(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOL -> "true or false";
            case DataType.Simple.INT, DataType.Simple.LONG -> range(type);
            case DataType.Simple.FLOAT64 -> "a number such as -1.5, 2e10, NaN or inf";
            case DataType.Simple.DATE -> "a date such as 2026-07-31";
            case DataType.Simple.TIMESTAMP -> "a time such as 2026-07-31 09:30:00";
            case DataType.Simple.UTF8 -> "a text";
        };
    }

    private static String range(DataType type) {
        return switch (type) {
            case DataType.Simple.INT -> "an integer from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
            case DataType.Simple.LONG -> "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
            case DataType.Simple.TIMESTAMP -> "a day from -290308-12-22 to 294247-01-10";
            case DataType.Simple.BOOL, DataType.Simple.FLOAT64, DataType.Simple.DATE, DataType.Simple.UTF8 ->
                "any value";
        };
    }
}

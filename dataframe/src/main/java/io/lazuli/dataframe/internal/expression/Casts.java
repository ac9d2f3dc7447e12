package io.lazuli.dataframe.internal.expression;

import static java.util.Map.entry;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.ValueText;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.kernel.CastKernels;
import io.lazuli.dataframe.internal.kernel.DecimalKernels;
import io.lazuli.dataframe.internal.kernel.FormatKernels;
import io.lazuli.dataframe.internal.kernel.ParseKernels;
import io.lazuli.dataframe.internal.kernel.Utf8Kernels;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        if (from.equals(to)) {
            return operand;
        }
        if (from == DataType.UTF8 && to == DataType.BINARY) {
            return (batch, scratch) -> operand.evaluate(batch, scratch).withType(to);
        }
        if (from == DataType.BINARY && to == DataType.UTF8) {
            return (batch, scratch) -> decode(operand.evaluate(batch, scratch));
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

    /// As [#prepare], but null where a value does not fit or parse.
    static PreparedExpr prepareTry(DataType from, DataType to, PreparedExpr operand) {
        if (isSafe(from, to)) {
            return prepare(new Cast(new BoundExpr.Input(0, from), to), operand);
        }
        if (from == DataType.UTF8) {
            return (batch, scratch) -> tryParse(operand.evaluate(batch, scratch), to, scratch);
        }
        if (to == DataType.UTF8) {
            return (batch, scratch) -> tryDecode(operand.evaluate(batch, scratch), scratch);
        }
        Loop loop = loop(from, to);
        return (batch, scratch) -> tryConvert(operand.evaluate(batch, scratch), to, loop, scratch);
    }

    /// True if every value of one type has its counterpart in the other.
    static boolean isSafe(DataType from, DataType to) {
        if (from.equals(to)) {
            return true;
        }
        if (to == DataType.UTF8) {
            return from != DataType.BINARY;
        }
        if (to == DataType.FLOAT64) {
            return from != DataType.UTF8;
        }
        return switch (from) {
            case DataType.Decimal(int precision, int scale) -> to == DataType.LONG
                    || to instanceof DataType.Decimal(int p, int s) && s >= scale && p - s >= precision - scale;
            case DataType.Simple simple -> switch (simple) {
                case BOOL -> to == DataType.INT || to == DataType.LONG;
                case INT -> to == DataType.LONG;
                case TIMESTAMP -> to == DataType.DATE;
                case UTF8 -> to == DataType.BINARY;
                case LONG, FLOAT64, DATE, DURATION, BINARY -> false;
            };
        };
    }

    /// Microseconds of a time as the day it belongs to; other columns as they are.
    static PreparedExpr toDate(DataType from, PreparedExpr operand) {
        return from == DataType.TIMESTAMP
                ? (batch, scratch) -> convert(
                        operand.evaluate(batch, scratch), DataType.DATE, CastKernels::timestampToDate, scratch)
                : operand;
    }

    /// Midnight of a day.
    static PreparedExpr toTimestamp(PreparedExpr date) {
        return (batch, scratch) -> convert(
                date.evaluate(batch, scratch), DataType.TIMESTAMP, CastKernels::dateToTimestamp, scratch);
    }

    private static Column decode(Column bytes) {
        int failed = Utf8Kernels.firstInvalid(bytes, Column.NO_NULLS);
        if (failed >= 0) {
            String found = Errors.shortened(ValueText.of(bytes, failed));
            throw Errors.castFailed(found, bytes.type(), DataType.UTF8, "expected bytes of UTF-8");
        }
        return bytes.withType(DataType.UTF8);
    }

    private static Column tryDecode(Column bytes, Scratch scratch) {
        MemorySegment validity = validity(bytes, scratch);
        Utf8Kernels.firstInvalid(bytes, validity);
        return new Column(DataType.UTF8, bytes.length(), validity, bytes.values(), bytes.data());
    }

    private static Column tryParse(Column text, DataType to, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(to), text.length());
        MemorySegment validity = validity(text, scratch);
        ParseKernels.parse(text, to, values, validity);
        return new Column(to, text.length(), validity, values);
    }

    private static Column tryConvert(Column column, DataType to, Loop loop, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(to), column.length());
        if (!loop.run(column.values(), column.length(), values)) {
            return new Column(to, column.length(), column.validity(), values);
        }
        MemorySegment validity = validity(column, scratch);
        MemorySegment one = scratch.values(Kind.of(to), 1);
        for (int row = 0; row < column.length(); row++) {
            if (Bits.get(validity, row) && loop.run(Failures.only(column, row), 1, one)) {
                Bits.set(validity, row, false);
            }
        }
        return new Column(to, column.length(), validity, values);
    }

    /// A bitmap of its own, to take bits from.
    private static MemorySegment validity(Column column, Scratch scratch) {
        MemorySegment validity = scratch.bits(column.length());
        if (column.mayHaveNulls()) {
            Bits.copy(column.validity(), 0, validity, 0, column.length());
        } else {
            Bits.fill(validity, column.length(), true);
        }
        return validity;
    }

    private static Column parse(Column text, DataType to, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(to), text.length());
        int failed = ParseKernels.parse(text, to, values, Column.NO_NULLS);
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
        Loop loop = from instanceof DataType.Decimal || to instanceof DataType.Decimal
                ? decimalLoop(from, to)
                : LOOPS.get(new Conversion(from, to));
        if (loop == null) {
            throw new IllegalArgumentException("no cast from " + from + " to " + to);
        }
        return loop;
    }

    /// Whole numbers come as LONG and go as LONG: the planner casts in two steps.
    private static @Nullable Loop decimalLoop(DataType from, DataType to) {
        if (from instanceof DataType.Decimal(int ignored, int scale)) {
            if (to instanceof DataType.Decimal(int precision, int newScale)) {
                return newScale >= scale
                        ? (x, n, r) -> DecimalKernels.scaleUp(x, newScale - scale, precision, n, r)
                        : (x, n, r) -> DecimalKernels.scaleDown(x, scale - newScale, precision, n, r);
            }
            return to == DataType.LONG
                    ? (x, n, r) -> DecimalKernels.toLong(x, scale, n, r)
                    : to == DataType.FLOAT64 ? (x, n, r) -> DecimalKernels.toDouble(x, scale, n, r) : null;
        }
        DataType.Decimal decimal = (DataType.Decimal) to;
        return from == DataType.LONG
                ? (x, n, r) -> DecimalKernels.scaleUp(x, decimal.scale(), decimal.precision(), n, r)
                : from == DataType.FLOAT64
                        ? (x, n, r) -> DecimalKernels.fromDouble(x, decimal.scale(), decimal.precision(), n, r)
                        : null;
    }

    private static String form(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOL -> "true or false";
            case DataType.Simple.INT, DataType.Simple.LONG -> range(type);
            case DataType.Simple.FLOAT64 -> "a number such as -1.5, 2e10, NaN or inf";
            case DataType.Simple.DATE -> "a date such as 2026-07-31";
            case DataType.Simple.TIMESTAMP -> "a time such as 2026-07-31 09:30:00";
            case DataType.Simple.DURATION -> "a duration such as PT1H30M or -PT0.5S";
            case DataType.Simple.UTF8, DataType.Simple.BINARY -> "a text";
            case DataType.Decimal ignored -> range(type);
        };
    }

    private static String range(DataType type) {
        return switch (type) {
            case DataType.Simple.INT -> "an integer from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
            case DataType.Simple.LONG -> "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
            case DataType.Simple.TIMESTAMP -> "a day from -290308-12-22 to 294247-01-10";
            case DataType.Decimal(int precision, int scale) ->
                "a number of at most %d digits before the point and %d behind"
                        .formatted(precision - scale, scale);
            case DataType.Simple.BOOL, DataType.Simple.FLOAT64, DataType.Simple.DATE, DataType.Simple.UTF8,
                    DataType.Simple.DURATION, DataType.Simple.BINARY ->
                "any value";
        };
    }
}

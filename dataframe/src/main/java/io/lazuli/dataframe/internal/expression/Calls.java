package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.kernel.DateKernels;
import io.lazuli.dataframe.internal.kernel.DoubleKernels;
import io.lazuli.dataframe.internal.kernel.IntKernels;
import io.lazuli.dataframe.internal.kernel.LongKernels;
import io.lazuli.dataframe.internal.kernel.TextKernels;
import io.lazuli.dataframe.internal.kernel.TextTransforms;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Chooses kernels for built-in functions.
final class Calls {
    private Calls() {}

    private interface Loop {
        void run(MemorySegment operand, int rowCount, MemorySegment result);
    }

    /// Says whether any row overflowed.
    private interface CheckedLoop {
        boolean run(MemorySegment operand, int rowCount, MemorySegment result);
    }

    private interface TextToBits {
        void run(Column text, Column part, int step, MemorySegment bits);
    }

    private interface TextToText {
        Column run(Column text, Scratch scratch);
    }

    static PreparedExpr prepare(Call call, List<PreparedExpr> arguments) {
        PreparedExpr first = arguments.getFirst();
        DataType firstType = call.arguments().getFirst().type();
        return switch (call.function()) {
            case YEAR -> simple(DataType.INT, Casts.toDate(firstType, first), DateKernels::year);
            case MONTH -> simple(DataType.INT, Casts.toDate(firstType, first), DateKernels::month);
            case DAY -> simple(DataType.INT, Casts.toDate(firstType, first), DateKernels::day);
            case DAY_OF_WEEK -> simple(DataType.INT, Casts.toDate(firstType, first), DateKernels::dayOfWeek);
            case HOUR -> simple(DataType.INT, first, DateKernels::hour);
            case LENGTH -> length(first);
            case UPPER -> transform(first, TextTransforms::upper);
            case LOWER -> transform(first, TextTransforms::lower);
            case TRIM -> transform(first, TextTransforms::trim);
            case CONTAINS -> test(first, arguments.get(1), TextKernels::contains);
            case STARTS_WITH -> test(first, arguments.get(1), TextKernels::startsWith);
            case ENDS_WITH -> test(first, arguments.get(1), TextKernels::endsWith);
            case CONCAT -> (batch, scratch) -> TextTransforms.concat(
                    first.evaluate(batch, scratch), arguments.get(1).evaluate(batch, scratch), scratch);
            case SUBSTRING -> substring(first, arguments.get(1), arguments.get(2));
            case ABS -> abs(firstType, first);
            case ROUND -> simple(DataType.FLOAT64, first, DoubleKernels::round);
            case FLOOR -> simple(DataType.FLOAT64, first, DoubleKernels::floor);
            case CEIL -> simple(DataType.FLOAT64, first, DoubleKernels::ceil);
            case SQRT -> simple(DataType.FLOAT64, first, DoubleKernels::sqrt);
        };
    }

    private static PreparedExpr simple(DataType type, PreparedExpr operand, Loop loop) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            MemorySegment values = scratch.values(Kind.of(type), column.length());
            loop.run(column.values(), column.length(), values);
            return new Column(type, column.length(), column.validity(), values);
        };
    }

    private static PreparedExpr length(PreparedExpr operand) {
        return (batch, scratch) -> {
            Column text = operand.evaluate(batch, scratch);
            MemorySegment values = scratch.values(Kind.INT, text.length());
            TextKernels.length(text, values);
            return new Column(DataType.INT, text.length(), text.validity(), values);
        };
    }

    private static PreparedExpr transform(PreparedExpr operand, TextToText loop) {
        return (batch, scratch) -> loop.run(operand.evaluate(batch, scratch), scratch);
    }

    private static PreparedExpr test(PreparedExpr operand, PreparedExpr part, TextToBits loop) {
        int step = Constant.isScalar(part) ? 0 : 1;
        return (batch, scratch) -> {
            Column text = operand.evaluate(batch, scratch);
            Column parts = Constant.scalarOrColumn(part, batch, scratch);
            MemorySegment bits = scratch.bits(text.length());
            loop.run(text, parts, step, bits);
            return new Column(DataType.BOOL, text.length(), Validity.both(text, parts, scratch), bits);
        };
    }

    private static PreparedExpr substring(PreparedExpr operand, PreparedExpr start, PreparedExpr length) {
        if (!Constant.isScalar(start) || !Constant.isScalar(length)) {
            throw new IllegalArgumentException("start and length of a substring are literals");
        }
        int from = ((Constant) start).intValue();
        int count = ((Constant) length).intValue();
        return (batch, scratch) -> TextTransforms.substring(operand.evaluate(batch, scratch), from, count, scratch);
    }

    private static PreparedExpr abs(DataType type, PreparedExpr operand) {
        return switch (Kind.of(type)) {
            case INT -> checkedAbs(operand, IntKernels::abs);
            case LONG -> checkedAbs(operand, LongKernels::abs);
            case DOUBLE -> simple(DataType.FLOAT64, operand, DoubleKernels::abs);
            case BOOL, UTF8 -> throw new IllegalArgumentException("no absolute value of " + type);
        };
    }

    private static PreparedExpr checkedAbs(PreparedExpr operand, CheckedLoop loop) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            MemorySegment values = scratch.values(column.kind(), column.length());
            if (loop.run(column.values(), column.length(), values)) {
                MemorySegment one = scratch.values(column.kind(), 1);
                Failures.first(column.validity(), column.length(), row -> loop.run(Failures.only(column, row), 1, one))
                        .ifPresent(row -> {
                            String found = "abs(" + Failures.show(column, row, scratch) + ")";
                            throw Errors.integerOverflow(found, column.type());
                        });
            }
            return new Column(column.type(), column.length(), column.validity(), values);
        };
    }
}

package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// The shapes that loops of functions have: what they read, where the result goes, which rows of it are null, and what happens if
/// a row does not fit.
final class Shapes {
    private Shapes() {}

    interface Loop {
        void run(MemorySegment operand, int rowCount, MemorySegment result);
    }

    /// Says whether any row, null rows included, did not fit.
    interface CheckedLoop {
        boolean run(MemorySegment operand, int rowCount, MemorySegment result);
    }

    interface BinaryLoop {
        void run(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result);
    }

    interface CheckedBinaryLoop {
        boolean run(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result);
    }

    /// Of texts, which are more than one segment.
    interface ColumnLoop {
        void run(Column operand, MemorySegment result);
    }

    interface SearchLoop {
        void run(Column text, Column part, int step, MemorySegment result);
    }

    interface Transform {
        Column run(Column operand, Scratch scratch);
    }

    /// @param constant a column of one row
    interface TransformWithConstant {
        Column run(Column operand, Column constant, Scratch scratch);
    }

    static PreparedExpr unary(DataType type, PreparedExpr operand, Loop loop) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            MemorySegment values = scratch.values(Kind.of(type), column.length());
            loop.run(column.values(), column.length(), values);
            return new Column(type, column.length(), column.validity(), values);
        };
    }

    /// @param describe the call, given its argument, for the error of a row that does not fit
    static PreparedExpr checked(DataType type, PreparedExpr operand, CheckedLoop loop, UnaryOperator<String> describe) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            MemorySegment values = scratch.values(Kind.of(type), column.length());
            if (loop.run(column.values(), column.length(), values)) {
                MemorySegment one = scratch.values(Kind.of(type), 1);
                Failures.first(column.validity(), column.length(), row -> loop.run(Failures.only(column, row), 1, one))
                        .ifPresent(row -> {
                            throw ExpressionErrors.overflow(describe.apply(Failures.show(column, row, scratch)), type);
                        });
            }
            return new Column(type, column.length(), column.validity(), values);
        };
    }

    static PreparedExpr binary(DataType type, PreparedExpr left, PreparedExpr right, BinaryLoop loop) {
        return (batch, scratch) -> {
            Column x = left.evaluate(batch, scratch);
            Column y = right.evaluate(batch, scratch);
            MemorySegment values = scratch.values(Kind.of(type), x.length());
            loop.run(x.values(), y.values(), x.length(), values);
            return new Column(type, x.length(), Validity.both(x, y, scratch), values);
        };
    }

    static PreparedExpr checkedBinary(
            DataType type, PreparedExpr left, PreparedExpr right, CheckedBinaryLoop loop,
            BinaryOperator<String> describe) {
        return (batch, scratch) -> {
            Column x = left.evaluate(batch, scratch);
            Column y = right.evaluate(batch, scratch);
            MemorySegment values = scratch.values(Kind.of(type), x.length());
            MemorySegment validity = Validity.both(x, y, scratch);
            if (loop.run(x.values(), y.values(), x.length(), values)) {
                MemorySegment one = scratch.values(Kind.of(type), 1);
                Failures.first(validity, x.length(),
                        row -> loop.run(Failures.only(x, row), Failures.only(y, row), 1, one))
                        .ifPresent(row -> {
                            String found =
                                    describe.apply(Failures.show(x, row, scratch), Failures.show(y, row, scratch));
                            throw ExpressionErrors.overflow(found, type);
                        });
            }
            return new Column(type, x.length(), validity, values);
        };
    }

    static PreparedExpr measure(DataType type, PreparedExpr operand, ColumnLoop loop) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            MemorySegment values = scratch.values(Kind.of(type), column.length());
            loop.run(column, values);
            return new Column(type, column.length(), column.validity(), values);
        };
    }

    static PreparedExpr search(DataType type, PreparedExpr operand, PreparedExpr part, SearchLoop loop) {
        int step = Constant.isScalar(part) ? 0 : 1;
        return (batch, scratch) -> {
            Column text = operand.evaluate(batch, scratch);
            Column parts = Constant.scalarOrColumn(part, batch, scratch);
            MemorySegment values = scratch.values(Kind.of(type), text.length());
            loop.run(text, parts, step, values);
            boolean isScalar = step == 0;
            return new Column(type, text.length(), isScalar ? text.validity() : Validity.both(text, parts, scratch),
                    values);
        };
    }

    static PreparedExpr transform(PreparedExpr operand, Transform loop) {
        return (batch, scratch) -> loop.run(operand.evaluate(batch, scratch), scratch);
    }

    static PreparedExpr transform(PreparedExpr operand, PreparedExpr constant, TransformWithConstant loop) {
        return (batch, scratch) -> {
            Column column = operand.evaluate(batch, scratch);
            return loop.run(column, Constant.scalarOrColumn(constant, batch, scratch), scratch);
        };
    }
}

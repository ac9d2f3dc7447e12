package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.kernel.BoolKernels;
import io.lazuli.dataframe.internal.kernel.DoubleKernels;
import io.lazuli.dataframe.internal.kernel.IntKernels;
import io.lazuli.dataframe.internal.kernel.LongKernels;
import io.lazuli.dataframe.internal.kernel.TextKernels;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Chooses kernels for comparisons. There are three loops a kind (equal, less, less or equal); since the order is total, the
/// other three operators are their opposites.
final class Comparisons {
    private Comparisons() {}

    private interface Loop {
        void run(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip);
    }

    private interface ScalarLoop {
        void run(MemorySegment left, int rowCount, MemorySegment bits, long flip);
    }

    private interface TextLoop {
        void run(Column left, Column right, int step, MemorySegment bits, long flip);
    }

    static PreparedExpr prepare(Compare compare, PreparedExpr left, PreparedExpr right) {
        if (left instanceof Constant && !(right instanceof Constant)) {
            return prepare(turned(compare.operator()), Kind.of(compare.left().type()), right, left);
        }
        return prepare(compare.operator(), Kind.of(compare.left().type()), left, right);
    }

    private static PreparedExpr prepare(CompareOperator operator, Kind kind, PreparedExpr left, PreparedExpr right) {
        if (kind == Kind.UTF8) {
            return texts(operator, left, right);
        }
        if (kind != Kind.BOOL && Constant.isScalar(right)) {
            return scalar(operator, scalarLoop(operator, kind, (Constant) right), left);
        }
        return vectors(operator, loop(operator, kind), left, right);
    }

    /// The bits of a comparison of two columns of one type; those of null rows mean nothing.
    static MemorySegment compare(CompareOperator operator, Column left, Column right, Scratch scratch) {
        MemorySegment bits = scratch.bits(left.length());
        if (left.kind() == Kind.UTF8) {
            choose(operator, (TextLoop) TextKernels::equal, TextKernels::less, TextKernels::lessOrEqual)
                    .run(left, right, 1, bits, flip(operator));
        } else {
            loop(operator, left.kind()).run(left.values(), right.values(), left.length(), bits, flip(operator));
        }
        return bits;
    }

    private static PreparedExpr vectors(CompareOperator operator, Loop loop, PreparedExpr left, PreparedExpr right) {
        long flip = flip(operator);
        return (batch, scratch) -> {
            Column x = left.evaluate(batch, scratch);
            Column y = right.evaluate(batch, scratch);
            MemorySegment bits = scratch.bits(x.length());
            loop.run(x.values(), y.values(), x.length(), bits, flip);
            return new Column(DataType.BOOL, x.length(), Validity.both(x, y, scratch), bits);
        };
    }

    private static PreparedExpr scalar(CompareOperator operator, ScalarLoop loop, PreparedExpr left) {
        long flip = flip(operator);
        return (batch, scratch) -> {
            Column x = left.evaluate(batch, scratch);
            MemorySegment bits = scratch.bits(x.length());
            loop.run(x.values(), x.length(), bits, flip);
            return new Column(DataType.BOOL, x.length(), x.validity(), bits);
        };
    }

    private static PreparedExpr texts(CompareOperator operator, PreparedExpr left, PreparedExpr right) {
        TextLoop loop = choose(operator, TextKernels::equal, TextKernels::less, TextKernels::lessOrEqual);
        long flip = flip(operator);
        int step = Constant.isScalar(right) ? 0 : 1;
        return (batch, scratch) -> {
            Column x = left.evaluate(batch, scratch);
            Column y = Constant.scalarOrColumn(right, batch, scratch);
            MemorySegment bits = scratch.bits(x.length());
            loop.run(x, y, step, bits, flip);
            return new Column(DataType.BOOL, x.length(), Validity.both(x, y, scratch), bits);
        };
    }

    private static Loop loop(CompareOperator operator, Kind kind) {
        return switch (kind) {
            case BOOL -> choose(operator, BoolKernels::equal, BoolKernels::less, BoolKernels::lessOrEqual);
            case INT -> choose(operator, IntKernels::equal, IntKernels::less, IntKernels::lessOrEqual);
            case LONG -> choose(operator, LongKernels::equal, LongKernels::less, LongKernels::lessOrEqual);
            case DOUBLE -> choose(operator, DoubleKernels::equal, DoubleKernels::less, DoubleKernels::lessOrEqual);
            case UTF8 -> throw new IllegalArgumentException("texts are compared by columns");
        };
    }

    private static ScalarLoop scalarLoop(CompareOperator operator, Kind kind, Constant constant) {
        return switch (kind) {
            case INT -> {
                int y = constant.intValue();
                yield choose(
                        operator,
                        (x, n, bits, flip) -> IntKernels.equal(x, y, n, bits, flip),
                        (x, n, bits, flip) -> IntKernels.less(x, y, n, bits, flip),
                        (x, n, bits, flip) -> IntKernels.lessOrEqual(x, y, n, bits, flip));
            }
            case LONG -> {
                long y = constant.longValue();
                yield choose(
                        operator,
                        (x, n, bits, flip) -> LongKernels.equal(x, y, n, bits, flip),
                        (x, n, bits, flip) -> LongKernels.less(x, y, n, bits, flip),
                        (x, n, bits, flip) -> LongKernels.lessOrEqual(x, y, n, bits, flip));
            }
            case DOUBLE -> {
                double y = constant.doubleValue();
                yield choose(
                        operator,
                        (x, n, bits, flip) -> DoubleKernels.equal(x, y, n, bits, flip),
                        (x, n, bits, flip) -> DoubleKernels.less(x, y, n, bits, flip),
                        (x, n, bits, flip) -> DoubleKernels.lessOrEqual(x, y, n, bits, flip));
            }
            case BOOL, UTF8 -> throw new IllegalArgumentException("no scalar loop for " + kind);
        };
    }

    private static <T> T choose(CompareOperator operator, T equal, T less, T lessOrEqual) {
        return switch (operator) {
            case EQ, NE -> equal;
            case LT, GE -> less;
            case LE, GT -> lessOrEqual;
        };
    }

    private static long flip(CompareOperator operator) {
        return switch (operator) {
            case EQ, LT, LE -> 0;
            case NE, GE, GT -> -1;
        };
    }

    private static CompareOperator turned(CompareOperator operator) {
        return switch (operator) {
            case EQ, NE -> operator;
            case LT -> CompareOperator.GT;
            case GT -> CompareOperator.LT;
            case LE -> CompareOperator.GE;
            case GE -> CompareOperator.LE;
        };
    }
}

package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.kernel.DecimalKernels;
import io.lazuli.dataframe.internal.kernel.DoubleKernels;
import io.lazuli.dataframe.internal.kernel.IntKernels;
import io.lazuli.dataframe.internal.kernel.IntegerKernels;
import io.lazuli.dataframe.internal.kernel.LongKernels;
import io.lazuli.dataframe.internal.kernel.MathKernels;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;

/// Chooses kernels for arithmetic: for two vectors, or for a vector and a literal on either side.
final class Arithmetics {
    private Arithmetics() {}

    /// Says whether any row overflowed.
    private interface Loop {
        boolean run(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result);
    }

    /// A loop over doubles, which never fails.
    private interface DoubleLoop {
        void run(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result);
    }

    /// A loop with the literal inside.
    private interface ScalarLoop {
        boolean run(MemorySegment operand, int rowCount, MemorySegment result);
    }

    static PreparedExpr prepare(Arithmetic arithmetic, PreparedExpr left, PreparedExpr right, Reservation memory) {
        Kind kind = Kind.of(arithmetic.type());
        Loop loop = loop(arithmetic, kind);
        boolean nullAtZero = kind != Kind.DOUBLE && isNullAtZero(arithmetic.operator());
        if (!hasScalarLoop(arithmetic)) {
            return new OfVectors(arithmetic, left, right, loop, nullAtZero);
        }
        if (Constant.isScalar(right)) {
            Constant constant = (Constant) right;
            if (nullAtZero && isZero(constant, kind)) {
                return prepare(arithmetic, left, Constant.ofNull(arithmetic.type(), memory), memory);
            }
            return new WithScalar(arithmetic, left, constant, false, scalarLoop(arithmetic.operator(), kind, constant),
                    loop);
        }
        if (Constant.isScalar(left) && arithmetic.operator() != ArithmeticOperator.REMAINDER) {
            Constant constant = (Constant) left;
            return new WithScalar(arithmetic, right, constant, true, turnedLoop(arithmetic.operator(), kind, constant),
                    loop);
        }
        return new OfVectors(arithmetic, left, right, loop, nullAtZero);
    }

    private static boolean isNullAtZero(ArithmeticOperator operator) {
        return switch (operator) {
            case REMAINDER, FLOOR_DIVIDE, MODULO -> true;
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> false;
        };
    }

    /// Only the operations of every day have loops with the literal inside; decimals look at the whole result once more.
    private static boolean hasScalarLoop(Arithmetic arithmetic) {
        return !(arithmetic.type() instanceof DataType.Decimal)
                && arithmetic.operator() != ArithmeticOperator.FLOOR_DIVIDE
                && arithmetic.operator() != ArithmeticOperator.MODULO;
    }

    private static boolean isZero(Constant constant, Kind kind) {
        return kind == Kind.INT ? constant.intValue() == 0 : constant.longValue() == 0;
    }

    private record OfVectors(Arithmetic arithmetic, PreparedExpr left, PreparedExpr right, Loop loop,
            boolean nullAtZero) implements PreparedExpr {
        @Override
        public Column evaluate(Batch batch, Scratch scratch) {
            Column x = left.evaluate(batch, scratch);
            Column y = right.evaluate(batch, scratch);
            MemorySegment values = scratch.values(x.kind(), x.length());
            MemorySegment validity = Validity.both(x, y, scratch);
            if (loop.run(x.values(), y.values(), x.length(), values)) {
                check(arithmetic, loop, x, y, validity, scratch);
            }
            if (nullAtZero) {
                validity = Validity.both(validity, notZero(y, scratch), y.length(), scratch);
            }
            return new Column(arithmetic.type(), x.length(), validity, values);
        }
    }

    private record WithScalar(
            Arithmetic arithmetic, PreparedExpr vector, Constant scalar, boolean isScalarLeft, ScalarLoop loop,
            Loop vectorLoop) implements PreparedExpr {
        @Override
        public Column evaluate(Batch batch, Scratch scratch) {
            Column x = vector.evaluate(batch, scratch);
            MemorySegment values = scratch.values(x.kind(), x.length());
            if (loop.run(x.values(), x.length(), values)) {
                Column y = scalar.column(x.length(), scratch);
                check(arithmetic, vectorLoop, isScalarLeft ? y : x, isScalarLeft ? x : y, x.validity(), scratch);
            }
            return new Column(arithmetic.type(), x.length(), x.validity(), values);
        }
    }

    /// Fails if one of the overflows was in a row that is not null.
    private static void check(
            Arithmetic arithmetic, Loop loop, Column left, Column right, MemorySegment validity, Scratch scratch) {
        MemorySegment result = scratch.values(left.kind(), 1);
        Failures.first(validity, left.length(),
                row -> loop.run(Failures.only(left, row), Failures.only(right, row), 1, result))
                .ifPresent(row -> {
                    String x = Failures.show(left, row, scratch);
                    String y = Failures.show(right, row, scratch);
                    throw ExpressionErrors.overflow(x + symbol(arithmetic.operator()) + y, arithmetic.type());
                });
    }

    private static MemorySegment notZero(Column column, Scratch scratch) {
        MemorySegment bits = scratch.bits(column.length());
        if (column.kind() == Kind.INT) {
            IntKernels.equal(column.values(), 0, column.length(), bits, -1);
        } else {
            LongKernels.equal(column.values(), 0L, column.length(), bits, -1);
        }
        return bits;
    }

    private static Loop loop(Arithmetic arithmetic, Kind kind) {
        Loop loop = loop(arithmetic.operator(), kind);
        return arithmetic.type() instanceof DataType.Decimal(int precision, int ignored)
                ? (left, right, rowCount, result) -> loop.run(left, right, rowCount, result)
                        | DecimalKernels.exceeds(result, precision, rowCount)
                : loop;
    }

    private static Loop loop(ArithmeticOperator operator, Kind kind) {
        return switch (kind) {
            case INT -> switch (operator) {
                case ADD -> IntKernels::add;
                case SUBTRACT -> IntKernels::subtract;
                case MULTIPLY -> IntKernels::multiply;
                case REMAINDER -> IntKernels::remainder;
                case FLOOR_DIVIDE -> IntegerKernels::floorDivideInts;
                case MODULO -> IntegerKernels::moduloInts;
                case DIVIDE -> throw noArithmetic(operator, kind);
            };
            case LONG -> switch (operator) {
                case ADD -> LongKernels::add;
                case SUBTRACT -> LongKernels::subtract;
                case MULTIPLY -> LongKernels::multiply;
                case REMAINDER -> LongKernels::remainder;
                case FLOOR_DIVIDE -> IntegerKernels::floorDivideLongs;
                case MODULO -> IntegerKernels::moduloLongs;
                case DIVIDE -> throw noArithmetic(operator, kind);
            };
            case DOUBLE -> switch (operator) {
                case ADD -> safe(DoubleKernels::add);
                case SUBTRACT -> safe(DoubleKernels::subtract);
                case MULTIPLY -> safe(DoubleKernels::multiply);
                case DIVIDE -> safe(DoubleKernels::divide);
                case REMAINDER -> safe(DoubleKernels::remainder);
                case FLOOR_DIVIDE -> safe(MathKernels::floorDivide);
                case MODULO -> safe(MathKernels::modulo);
            };
            case BOOL, UTF8 -> throw noArithmetic(operator, kind);
        };
    }

    private static Loop safe(DoubleLoop loop) {
        return (left, right, rowCount, result) -> {
            loop.run(left, right, rowCount, result);
            return false;
        };
    }

    /// Vector on the left, literal on the right.
    private static ScalarLoop scalarLoop(ArithmeticOperator operator, Kind kind, Constant constant) {
        return switch (kind) {
            case INT -> {
                int y = constant.intValue();
                yield switch (operator) {
                    case ADD -> (x, n, result) -> IntKernels.add(x, y, n, result);
                    case SUBTRACT -> (x, n, result) -> IntKernels.subtract(x, y, n, result);
                    case MULTIPLY -> (x, n, result) -> IntKernels.multiply(x, y, n, result);
                    case REMAINDER -> (x, n, result) -> IntKernels.remainder(x, y, n, result);
                    case DIVIDE, FLOOR_DIVIDE, MODULO -> throw noArithmetic(operator, kind);
                };
            }
            case LONG -> {
                long y = constant.longValue();
                yield switch (operator) {
                    case ADD -> (x, n, result) -> LongKernels.add(x, y, n, result);
                    case SUBTRACT -> (x, n, result) -> LongKernels.subtract(x, y, n, result);
                    case MULTIPLY -> (x, n, result) -> LongKernels.multiply(x, y, n, result);
                    case REMAINDER -> (x, n, result) -> LongKernels.remainder(x, y, n, result);
                    case DIVIDE, FLOOR_DIVIDE, MODULO -> throw noArithmetic(operator, kind);
                };
            }
            case DOUBLE -> scalarLoop(operator, constant.doubleValue());
            case BOOL, UTF8 -> throw noArithmetic(operator, kind);
        };
    }

    private static ScalarLoop scalarLoop(ArithmeticOperator operator, double y) {
        return (x, n, result) -> {
            switch (operator) {
                case ADD -> DoubleKernels.add(x, y, n, result);
                case SUBTRACT -> DoubleKernels.subtract(x, y, n, result);
                case MULTIPLY -> DoubleKernels.multiply(x, y, n, result);
                case DIVIDE -> DoubleKernels.divide(x, y, n, result);
                case REMAINDER -> DoubleKernels.remainder(x, y, n, result);
                case FLOOR_DIVIDE, MODULO -> throw noArithmetic(operator, Kind.DOUBLE);
            }
            return false;
        };
    }

    /// Literal on the left, vector on the right.
    private static ScalarLoop turnedLoop(ArithmeticOperator operator, Kind kind, Constant constant) {
        return switch (operator) {
            case ADD, MULTIPLY -> scalarLoop(operator, kind, constant);
            case SUBTRACT -> switch (kind) {
                case INT -> {
                    int x = constant.intValue();
                    yield (y, n, result) -> IntKernels.subtract(x, y, n, result);
                }
                case LONG -> {
                    long x = constant.longValue();
                    yield (y, n, result) -> LongKernels.subtract(x, y, n, result);
                }
                case DOUBLE -> {
                    double x = constant.doubleValue();
                    yield (y, n, result) -> {
                        DoubleKernels.subtract(x, y, n, result);
                        return false;
                    };
                }
                case BOOL, UTF8 -> throw noArithmetic(operator, kind);
            };
            case DIVIDE -> {
                double x = constant.doubleValue();
                yield (y, n, result) -> {
                    DoubleKernels.divide(x, y, n, result);
                    return false;
                };
            }
            case REMAINDER, FLOOR_DIVIDE, MODULO -> throw noArithmetic(operator, kind);
        };
    }

    private static String symbol(ArithmeticOperator operator) {
        return switch (operator) {
            case ADD -> " + ";
            case SUBTRACT -> " - ";
            case MULTIPLY -> " * ";
            case DIVIDE -> " / ";
            case REMAINDER -> " % ";
            case FLOOR_DIVIDE -> " // ";
            case MODULO -> " mod ";
        };
    }

    private static IllegalArgumentException noArithmetic(ArithmeticOperator operator, Kind kind) {
        return new IllegalArgumentException("no " + operator + " of " + kind);
    }
}

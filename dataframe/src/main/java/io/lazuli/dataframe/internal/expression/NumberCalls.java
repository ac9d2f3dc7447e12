package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Shapes.binary;
import static io.lazuli.dataframe.internal.expression.Shapes.checked;
import static io.lazuli.dataframe.internal.expression.Shapes.unary;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.kernel.DoubleKernels;
import io.lazuli.dataframe.internal.kernel.IntKernels;
import io.lazuli.dataframe.internal.kernel.IntegerKernels;
import io.lazuli.dataframe.internal.kernel.LongKernels;
import io.lazuli.dataframe.internal.kernel.MathKernels;
import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// Chooses kernels for functions of numbers.
final class NumberCalls {
    private NumberCalls() {}

    static PreparedExpr prepare(NumberFunction function, Call call, List<PreparedExpr> arguments) {
        PreparedExpr x = arguments.getFirst();
        DataType type = call.type();
        return switch (function) {
            case ABS -> abs(type, x);
            case NEGATE -> negate(type, x);
            case ROUND -> round(arguments);
            case FLOOR -> unary(type, x, DoubleKernels::floor);
            case CEIL -> unary(type, x, DoubleKernels::ceil);
            case SQRT -> unary(type, x, DoubleKernels::sqrt);
            case CBRT -> unary(type, x, MathKernels::cbrt);
            case EXP -> unary(type, x, MathKernels::exp);
            case LOG -> unary(type, x, MathKernels::log);
            case LOG10 -> unary(type, x, MathKernels::log10);
            case LOG2 -> unary(type, x, MathKernels::log2);
            case SIN -> unary(type, x, MathKernels::sin);
            case COS -> unary(type, x, MathKernels::cos);
            case TAN -> unary(type, x, MathKernels::tan);
            case ASIN -> unary(type, x, MathKernels::asin);
            case ACOS -> unary(type, x, MathKernels::acos);
            case ATAN -> unary(type, x, MathKernels::atan);
            case SINH -> unary(type, x, MathKernels::sinh);
            case COSH -> unary(type, x, MathKernels::cosh);
            case TANH -> unary(type, x, MathKernels::tanh);
            case SIGN -> unary(type, x, MathKernels::sign);
            case DEGREES -> unary(type, x, MathKernels::degrees);
            case RADIANS -> unary(type, x, MathKernels::radians);
            case POW -> binary(type, x, arguments.get(1), MathKernels::pow);
            case ATAN2 -> binary(type, x, arguments.get(1), MathKernels::atan2);
            case IS_NAN -> unary(type, x, MathKernels::isNaN);
            case IS_FINITE -> unary(type, x, MathKernels::isFinite);
            case IS_INFINITE -> unary(type, x, MathKernels::isInfinite);
            case BIT_AND, BIT_OR, BIT_XOR, SHIFT_LEFT, SHIFT_RIGHT ->
                binary(type, x, arguments.get(1), Kind.of(type) == Kind.INT ? intBits(function) : longBits(function));
        };
    }

    private static PreparedExpr round(List<PreparedExpr> arguments) {
        if (arguments.size() == 1) {
            return unary(DataType.FLOAT64, arguments.getFirst(), DoubleKernels::round);
        }
        int digits = Constant.of(arguments.get(1)).intValue();
        return unary(DataType.FLOAT64, arguments.getFirst(), (x, n, r) -> MathKernels.round(x, digits, n, r));
    }

    private static PreparedExpr abs(DataType type, PreparedExpr operand) {
        return switch (Kind.of(type)) {
            case INT -> checked(type, operand, IntKernels::abs, x -> "abs(" + x + ")");
            case LONG -> checked(type, operand, LongKernels::abs, x -> "abs(" + x + ")");
            case DOUBLE -> unary(type, operand, DoubleKernels::abs);
            case BOOL, UTF8 -> throw new IllegalArgumentException("no absolute value of " + type);
        };
    }

    private static PreparedExpr negate(DataType type, PreparedExpr operand) {
        return switch (Kind.of(type)) {
            case INT -> checked(type, operand, IntegerKernels::negateInts, x -> "-(" + x + ")");
            case LONG -> checked(type, operand, IntegerKernels::negateLongs, x -> "-(" + x + ")");
            case DOUBLE -> unary(type, operand, MathKernels::negate);
            case BOOL, UTF8 -> throw new IllegalArgumentException("no opposite of " + type);
        };
    }

    private static Shapes.BinaryLoop intBits(NumberFunction function) {
        return switch (function) {
            case BIT_AND -> IntegerKernels::andInts;
            case BIT_OR -> IntegerKernels::orInts;
            case BIT_XOR -> IntegerKernels::xorInts;
            case SHIFT_LEFT -> IntegerKernels::shiftLeftInts;
            default -> IntegerKernels::shiftRightInts;
        };
    }

    private static Shapes.BinaryLoop longBits(NumberFunction function) {
        return switch (function) {
            case BIT_AND -> IntegerKernels::andLongs;
            case BIT_OR -> IntegerKernels::orLongs;
            case BIT_XOR -> IntegerKernels::xorLongs;
            case SHIFT_LEFT -> IntegerKernels::shiftLeftLongs;
            default -> IntegerKernels::shiftRightLongs;
        };
    }
}

package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Parameter.CONSTANT_INT;
import static io.lazuli.dataframe.internal.expression.Parameter.DOUBLE;
import static io.lazuli.dataframe.internal.expression.Parameter.INTEGER;
import static io.lazuli.dataframe.internal.expression.Parameter.NUMBER_OR_DURATION;
import static io.lazuli.dataframe.internal.expression.Signature.gives;
import static io.lazuli.dataframe.internal.expression.Signature.same;
import static io.lazuli.dataframe.type.DataType.BOOL;
import static io.lazuli.dataframe.type.DataType.FLOAT64;

/// Functions of numbers. Those of FLOAT64 are java.lang.Math's, and follow IEEE: they never fail.
public enum NumberFunction implements ScalarFunction {
    ABS(same(NUMBER_OR_DURATION).failing()),
    NEGATE(same(NUMBER_OR_DURATION).failing()),
    /// Halves to the even neighbour; with a second argument, to so many digits behind the point.
    ROUND(gives(FLOAT64, DOUBLE, CONSTANT_INT).optional()),
    FLOOR(gives(FLOAT64, DOUBLE)),
    CEIL(gives(FLOAT64, DOUBLE)),
    SQRT(gives(FLOAT64, DOUBLE)),
    CBRT(gives(FLOAT64, DOUBLE)),
    EXP(gives(FLOAT64, DOUBLE)),
    LOG(gives(FLOAT64, DOUBLE)),
    LOG10(gives(FLOAT64, DOUBLE)),
    LOG2(gives(FLOAT64, DOUBLE)),
    SIN(gives(FLOAT64, DOUBLE)),
    COS(gives(FLOAT64, DOUBLE)),
    TAN(gives(FLOAT64, DOUBLE)),
    ASIN(gives(FLOAT64, DOUBLE)),
    ACOS(gives(FLOAT64, DOUBLE)),
    ATAN(gives(FLOAT64, DOUBLE)),
    SINH(gives(FLOAT64, DOUBLE)),
    COSH(gives(FLOAT64, DOUBLE)),
    TANH(gives(FLOAT64, DOUBLE)),
    SIGN(gives(FLOAT64, DOUBLE)),
    DEGREES(gives(FLOAT64, DOUBLE)),
    RADIANS(gives(FLOAT64, DOUBLE)),
    POW(gives(FLOAT64, DOUBLE, DOUBLE)),
    ATAN2(gives(FLOAT64, DOUBLE, DOUBLE)),
    IS_NAN(gives(BOOL, DOUBLE)),
    IS_FINITE(gives(BOOL, DOUBLE)),
    IS_INFINITE(gives(BOOL, DOUBLE)),
    BIT_AND(same(INTEGER, INTEGER).alike()),
    BIT_OR(same(INTEGER, INTEGER).alike()),
    BIT_XOR(same(INTEGER, INTEGER).alike()),
    /// By as many bits as the low bits of the second argument say, as Java does.
    SHIFT_LEFT(same(INTEGER, INTEGER).alike()),
    SHIFT_RIGHT(same(INTEGER, INTEGER).alike());

    private final Signature signature;

    NumberFunction(Signature signature) {
        this.signature = signature;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public String namespace() {
        return switch (this) {
            case ABS, NEGATE, ROUND, FLOOR, CEIL, SQRT, IS_NAN, IS_FINITE, IS_INFINITE -> "";
            default -> "math().";
        };
    }
}

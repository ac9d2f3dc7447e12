package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.call;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkBinary;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkCall;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.Evaluations.Operands;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each function of numbers against one line of java.lang.Math, with NaN, infinities and both zeros.
class NumberFunctionsTest {
    private static final Map<NumberFunction, DoubleUnaryOperator> SPECIFICATIONS = Map.ofEntries(
            Map.entry(NumberFunction.EXP, Math::exp),
            Map.entry(NumberFunction.LOG, Math::log),
            Map.entry(NumberFunction.LOG10, Math::log10),
            Map.entry(NumberFunction.CBRT, Math::cbrt),
            Map.entry(NumberFunction.SIN, Math::sin),
            Map.entry(NumberFunction.COS, Math::cos),
            Map.entry(NumberFunction.TAN, Math::tan),
            Map.entry(NumberFunction.ASIN, Math::asin),
            Map.entry(NumberFunction.ACOS, Math::acos),
            Map.entry(NumberFunction.ATAN, Math::atan),
            Map.entry(NumberFunction.SINH, Math::sinh),
            Map.entry(NumberFunction.COSH, Math::cosh),
            Map.entry(NumberFunction.TANH, Math::tanh),
            Map.entry(NumberFunction.SIGN, Math::signum),
            Map.entry(NumberFunction.DEGREES, Math::toDegrees),
            Map.entry(NumberFunction.RADIANS, Math::toRadians));

    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 100)
    void functionsOfOneDouble(@ForAll("shapes") Shape shape) {
        List<Object> values = shape.values(DataType.FLOAT64, 0);
        SPECIFICATIONS.forEach((function, specification) -> checkCall(shape, DataType.FLOAT64, values,
                call(function, DataType.FLOAT64, DataType.FLOAT64), x -> specification.applyAsDouble((double) x)));
    }

    @Property(tries = 100)
    void testsOfDoubles(@ForAll("shapes") Shape shape) {
        List<Object> values = shape.values(DataType.FLOAT64, 0);
        checkCall(shape, DataType.FLOAT64, values, call(NumberFunction.IS_NAN, DataType.FLOAT64, DataType.BOOL),
                x -> Double.isNaN((double) x));
        checkCall(shape, DataType.FLOAT64, values, call(NumberFunction.IS_FINITE, DataType.FLOAT64, DataType.BOOL),
                x -> Double.isFinite((double) x));
        checkCall(shape, DataType.FLOAT64, values, call(NumberFunction.IS_INFINITE, DataType.FLOAT64, DataType.BOOL),
                x -> Double.isInfinite((double) x));
    }

    @Property(tries = 100)
    void opposites(@ForAll("shapes") Shape shape) {
        checkCall(shape, DataType.INT, shape.values(DataType.INT, 0),
                call(NumberFunction.NEGATE, DataType.INT, DataType.INT), x -> Math.negateExact((int) x));
        checkCall(shape, DataType.LONG, shape.values(DataType.LONG, 0),
                call(NumberFunction.NEGATE, DataType.LONG, DataType.LONG), x -> Math.negateExact((long) x));
        checkCall(shape, DataType.FLOAT64, shape.values(DataType.FLOAT64, 0),
                call(NumberFunction.NEGATE, DataType.FLOAT64, DataType.FLOAT64), x -> -(double) x);
    }

    @Property(tries = 200)
    void functionsOfTwo(@ForAll("shapes") Shape shape, @ForAll Operands operands) {
        checkBinary(shape, operands, DataType.FLOAT64,
                (x, y) -> new Call(NumberFunction.POW, List.of(x, y), DataType.FLOAT64),
                (x, y) -> Math.pow((double) x, (double) y));
        checkBinary(shape, operands, DataType.FLOAT64,
                (x, y) -> new Call(NumberFunction.ATAN2, List.of(x, y), DataType.FLOAT64),
                (x, y) -> Math.atan2((double) x, (double) y));
        bits(shape, operands, NumberFunction.BIT_AND, (x, y) -> x & y);
        bits(shape, operands, NumberFunction.BIT_OR, (x, y) -> x | y);
        bits(shape, operands, NumberFunction.BIT_XOR, (x, y) -> x ^ y);
        checkBinary(shape, operands, DataType.INT,
                (x, y) -> new Call(NumberFunction.SHIFT_LEFT, List.of(x, y), DataType.INT),
                (x, y) -> (int) x << (int) y);
        checkBinary(shape, operands, DataType.LONG,
                (x, y) -> new Call(NumberFunction.SHIFT_RIGHT, List.of(x, y), DataType.LONG),
                (x, y) -> (long) x >> (long) y);
    }

    private static void bits(Shape shape, Operands operands, NumberFunction function,
            LongBinaryOperator specification) {
        checkBinary(shape, operands, DataType.LONG, (x, y) -> new Call(function, List.of(x, y), DataType.LONG),
                (x, y) -> specification.applyAsLong((long) x, (long) y));
        checkBinary(shape, operands, DataType.INT, (x, y) -> new Call(function, List.of(x, y), DataType.INT),
                (x, y) -> (int) specification.applyAsLong((int) x, (int) y));
    }

    @Property(tries = 100)
    void rounding_neverMovesByMoreThanHalfADigit(
            @ForAll("shapes") Shape shape, @ForAll @IntRange(min = -3, max = 12) int digits) {
        double step = Math.pow(10, -digits);
        List<Double> values = shape.values(DataType.FLOAT64, 0).stream()
                .map(v -> v == null || !(Math.abs((double) v) < 1e6) ? null : (Double) v)
                .toList();
        List<Object> rounded =
                Evaluations.evaluate(call(NumberFunction.ROUND, DataType.FLOAT64, DataType.FLOAT64, digits),
                        List.of(DataType.FLOAT64), List.of(new java.util.ArrayList<Object>(values)));
        for (int row = 0; row < values.size(); row++) {
            if (values.get(row) != null) {
                assertThat((double) rounded.get(row)).isBetween(values.get(row) - step * 0.500001,
                        values.get(row) + step * 0.500001);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.675, 2, 2.68", "0.125, 2, 0.12", "-0.375, 2, -0.38", "1234.5, -2, 1200.0", "1e300, 20, 1e300", "NaN, 1, NaN",
        "Infinity, 3, Infinity", "-0.0, 1, -0.0", "0.1, 300, 0.1"
    })
    void rounding_toDigits(double value, int digits, double expected) {
        assertThat(Evaluations.evaluate(call(NumberFunction.ROUND, DataType.FLOAT64, DataType.FLOAT64, digits),
                List.of(DataType.FLOAT64), List.of(List.of(value))).getFirst()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1074, -1022, -1, 0, 1, 10, 1023})
    void log2_isExactForPowersOfTwo(int exponent) {
        double log = (double) Evaluations.evaluate(call(NumberFunction.LOG2, DataType.FLOAT64, DataType.FLOAT64),
                List.of(DataType.FLOAT64), List.of(List.of(Math.scalb(1.0, exponent)))).getFirst();
        assertThat(log).isCloseTo(exponent, org.assertj.core.data.Offset.offset(exponent < -1022 ? 1e-9 : 0.0));
    }
}

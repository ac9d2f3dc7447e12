package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkBinary;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkUnary;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.Evaluations.Operands;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Decimals against BigDecimal.
class DecimalsTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Provide
    Arbitrary<ArithmeticOperator> operators() {
        return Arbitraries.of(ArithmeticOperator.ADD, ArithmeticOperator.SUBTRACT, ArithmeticOperator.MULTIPLY);
    }

    @Property(tries = 200)
    void arithmeticIsExact(
            @ForAll("shapes") Shape shape, @ForAll("operators") ArithmeticOperator operator,
            @ForAll Operands operands) {
        DataType type = DataType.decimal(18, 2);
        DataType result = DataType.decimal(18, operator == ArithmeticOperator.MULTIPLY ? 4 : 2);
        checkBinary(shape, operands, type, unscaled(shape, 0), unscaled(shape, 1),
                (x, y) -> new Arithmetic(operator, x, y, result), (x, y) -> {
                    BigDecimal left = BigDecimal.valueOf((long) x, 2);
                    BigDecimal right = BigDecimal.valueOf((long) y, 2);
                    return fitting(switch (operator) {
                        case ADD -> left.add(right);
                        case SUBTRACT -> left.subtract(right);
                        default -> left.multiply(right);
                    }, 18);
                });
    }

    private static long fitting(BigDecimal value, int precision) {
        if (value.precision() > precision) {
            throw new ArithmeticException(value + " is too long");
        }
        return value.unscaledValue().longValueExact();
    }

    @Property(tries = 200)
    void casts(
            @ForAll("shapes") Shape shape, @ForAll @IntRange(max = 18) int from, @ForAll @IntRange(max = 18) int to) {
        DataType type = DataType.decimal(18, from);
        List<Long> values = unscaled(shape, 0);
        checkUnary(shape, type, values, x -> new Cast(x, DataType.decimal(18, to)),
                v -> fitting(BigDecimal.valueOf((long) v, from).setScale(to, RoundingMode.HALF_UP), 18));
        checkUnary(shape, type, values, x -> new Cast(x, DataType.LONG),
                v -> BigDecimal.valueOf((long) v, from).setScale(0, RoundingMode.DOWN).longValueExact());
        checkUnary(shape, type, values, x -> new Cast(x, DataType.FLOAT64),
                v -> BigDecimal.valueOf((long) v, from).doubleValue());
        checkUnary(shape, type, values, x -> new Cast(x, DataType.UTF8),
                v -> BigDecimal.valueOf((long) v, from).toPlainString());
        checkUnary(shape, type, values, x -> new Cast(new Cast(x, DataType.UTF8), type), v -> v);
        checkUnary(shape, DataType.LONG, x -> new Cast(x, type),
                v -> fitting(BigDecimal.valueOf((long) v).setScale(from), 18));
    }

    @Property(tries = 200)
    void doublesBecomeTheNearestDecimal(@ForAll("shapes") Shape shape, @ForAll @IntRange(max = 6) int scale) {
        Random random = new Random(shape.seed());
        // halves at the last digit are what rounding gets wrong
        List<Double> values = IntStream.range(0, shape.length())
                .mapToObj(i -> random.nextInt(5) == 0
                        ? null
                        : random.nextBoolean()
                                ? (Double) (random.nextInt(2_000_000) / Math.pow(10, scale + 1))
                                : (Double) random.nextGaussian(0, 1000))
                .toList();
        checkUnary(shape, DataType.FLOAT64, values, x -> new Cast(x, DataType.decimal(15, scale)),
                v -> fitting(BigDecimal.valueOf((double) v).setScale(scale, RoundingMode.HALF_UP), 15));
        checkUnary(shape, DataType.FLOAT64, x -> new Cast(x, DataType.decimal(15, scale)),
                v -> fitting(BigDecimal.valueOf((double) v).setScale(scale, RoundingMode.HALF_UP), 15));
    }

    @ParameterizedTest
    @CsvSource({"1.5, 150", "-0.01, -1", "+7, 700", ".5, 50", "1.500, 150", "0001.00, 100", "1234567.89, 123456789"})
    void text_accepted(String text, long unscaled) {
        assertThat(cast(text)).isEqualTo(unscaled);
    }

    @ParameterizedTest
    @CsvSource({"''", "1.005", "12345678", "1e2", ".", "-", "'1,5'", "x", "1.5x"})
    void text_refused(String text) {
        assertThatThrownBy(() -> cast(text)).hasMessage("Cannot cast '" + text + "' from UTF8 to decimal(9, 2):"
                + " expected a number of at most 7 digits before the point and 2 behind."
                + " Filter such rows out or cast to another type.");
    }

    private static Object cast(String text) {
        return Evaluations.evaluate(new Cast(input(0, DataType.UTF8), DataType.decimal(9, 2)), List.of(DataType.UTF8),
                List.of(List.of(text))).getFirst();
    }

    @Test
    void overflow_isShownInDecimals() {
        DataType type = DataType.decimal(18, 2);
        BoundExpr sum = new Arithmetic(ArithmeticOperator.ADD, input(0, type), input(0, type));

        assertThatThrownBy(() -> Evaluations.evaluate(sum, List.of(type), List.of(List.of(999_999_999_999_999_999L))))
                .hasMessage("Overflow: 9999999999999999.99 + 9999999999999999.99 does not fit decimal(18, 2)."
                        + " Cast an operand to FLOAT64.");
    }

    @Test
    void impossibleTypes() {
        assertThatThrownBy(() -> DataType.decimal(19, 2))
                .hasMessage("decimal(19, 2): the precision must be from 1 to 18, the scale from 0 to the precision."
                        + " Use FLOAT64 for more digits that need not be exact.");
    }

    /// Numbers of up to 18 digits, most of them shorter.
    private static List<Long> unscaled(Shape shape, int number) {
        Random random = new Random(shape.seed() + number);
        return IntStream.range(0, shape.length())
                .mapToObj(i -> random.nextInt(5) == 0
                        ? null
                        : (Long) (random.nextLong() % (long) Math.pow(10, 1 + random.nextInt(random.nextInt(18) + 1))))
                .toList();
    }
}

package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkBinary;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static io.lazuli.dataframe.internal.expression.Evaluations.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.Evaluations.Operands;
import io.lazuli.dataframe.type.DataType;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Provide
    Arbitrary<ArithmeticOperator> integerOperators() {
        return Arbitraries.of(ArithmeticOperator.class).filter(operator -> operator != ArithmeticOperator.DIVIDE);
    }

    @Property(tries = 400)
    void ints_wholeRange_giveExactResultOrError(
            @ForAll("shapes") Shape shape, @ForAll("integerOperators") ArithmeticOperator operator,
            @ForAll Operands operands) {
        checkBinary(shape, operands, DataType.INT, (x, y) -> new Arithmetic(operator, x, y),
                (x, y) -> exact(operator, (int) x, (int) y));
    }

    @Property(tries = 400)
    void ints_smallValues_giveExactResult(
            @ForAll("shapes") Shape shape, @ForAll("integerOperators") ArithmeticOperator operator,
            @ForAll Operands operands) {
        List<Integer> left =
                shape.values(DataType.INT, 0).stream().map(v -> v == null ? null : (int) v % 1000).toList();
        List<Integer> right =
                shape.values(DataType.INT, 1).stream().map(v -> v == null ? null : (int) v % 1000).toList();
        checkBinary(shape, operands, DataType.INT, left, right, (x, y) -> new Arithmetic(operator, x, y),
                (x, y) -> exact(operator, (int) x, (int) y));
    }

    @Property(tries = 400)
    void longs_wholeRange_giveExactResultOrError(
            @ForAll("shapes") Shape shape, @ForAll("integerOperators") ArithmeticOperator operator,
            @ForAll Operands operands) {
        checkBinary(shape, operands, DataType.LONG, (x, y) -> new Arithmetic(operator, x, y),
                (x, y) -> exact(operator, (long) x, (long) y));
    }

    @Property(tries = 400)
    void longs_smallValues_giveExactResult(
            @ForAll("shapes") Shape shape, @ForAll("integerOperators") ArithmeticOperator operator,
            @ForAll Operands operands) {
        List<Long> left =
                shape.values(DataType.LONG, 0).stream().map(v -> v == null ? null : (long) v % 100_000).toList();
        List<Long> right =
                shape.values(DataType.LONG, 1).stream().map(v -> v == null ? null : (long) v % 100_000).toList();
        checkBinary(shape, operands, DataType.LONG, left, right, (x, y) -> new Arithmetic(operator, x, y),
                (x, y) -> exact(operator, (long) x, (long) y));
    }

    @Property(tries = 300)
    void doubles_followIeee(
            @ForAll("shapes") Shape shape, @ForAll ArithmeticOperator operator, @ForAll Operands operands) {
        checkBinary(shape, operands, DataType.FLOAT64, (x, y) -> new Arithmetic(operator, x, y),
                (x, y) -> ieee(operator, (double) x, (double) y));
    }

    @Test
    void overflow_namesTheValuesOfTheFirstRowThatIsNotNull() {
        BoundExpr sum = new Arithmetic(ArithmeticOperator.ADD, input(0, DataType.LONG), literal(DataType.LONG, -1L));

        // what stands in a null row is the least value, and must not count
        assertThat(Evaluations.evaluate(sum, List.of(DataType.LONG), List.of(Arrays.asList(null, 5L))))
                .containsExactly(null, 4L);
        assertThatThrownBy(() -> Evaluations.evaluate(sum, List.of(DataType.LONG),
                List.of(Arrays.asList(null, 5L, Long.MIN_VALUE))))
                .hasMessage("Overflow: -9223372036854775808 + -1 does not fit LONG. Cast an operand to FLOAT64.");
    }

    @Test
    void overflow_ofInts_advisesLong() {
        BoundExpr difference =
                new Arithmetic(ArithmeticOperator.SUBTRACT, literal(DataType.INT, -2), input(0, DataType.INT));

        assertThatThrownBy(
                () -> Evaluations.evaluate(difference, List.of(DataType.INT), List.of(List.of(Integer.MAX_VALUE))))
                .hasMessage("Overflow: -2 - 2147483647 does not fit INT. Cast an operand to LONG.");
    }

    private static Object exact(ArithmeticOperator operator, int x, int y) {
        return switch (operator) {
            case ADD -> Math.addExact(x, y);
            case SUBTRACT -> Math.subtractExact(x, y);
            case MULTIPLY -> Math.multiplyExact(x, y);
            case REMAINDER -> y == 0 ? null : (Object) (x % y);
            case FLOOR_DIVIDE -> y == 0 ? null : (Object) Math.floorDivExact(x, y);
            case MODULO -> y == 0 ? null : (Object) Math.floorMod(x, y);
            case DIVIDE -> throw new AssertionError("of doubles only");
        };
    }

    private static Object exact(ArithmeticOperator operator, long x, long y) {
        return switch (operator) {
            case ADD -> Math.addExact(x, y);
            case SUBTRACT -> Math.subtractExact(x, y);
            case MULTIPLY -> Math.multiplyExact(x, y);
            case REMAINDER -> y == 0 ? null : (Object) (x % y);
            case FLOOR_DIVIDE -> y == 0 ? null : (Object) Math.floorDivExact(x, y);
            case MODULO -> y == 0 ? null : (Object) Math.floorMod(x, y);
            case DIVIDE -> throw new AssertionError("of doubles only");
        };
    }

    private static Object ieee(ArithmeticOperator operator, double x, double y) {
        return switch (operator) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case REMAINDER -> x % y;
            case FLOOR_DIVIDE -> Math.floor(x / y);
            case MODULO -> x % y != 0 && x % y < 0 != y < 0 ? x % y + y : x % y;
        };
    }
}

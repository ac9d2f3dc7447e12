package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkBinary;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static io.lazuli.dataframe.internal.expression.Evaluations.literal;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.Evaluations.Operands;
import io.lazuli.dataframe.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CompareTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 2000)
    void anyType_comparesInTotalOrder(
            @ForAll("shapes") Shape shape,
            @ForAll DataType.Simple type,
            @ForAll CompareOperator operator,
            @ForAll Operands operands) {
        checkBinary(shape, operands, type, (x, y) -> new Compare(operator, x, y),
                (x, y) -> holds(operator, order(x, y)));
    }

    @Test
    void nan_equalsItselfAndIsAboveInfinity() {
        BoundExpr x = input(0, DataType.FLOAT64);
        List<Object> values = Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, null, 0.0, -0.0);

        assertThat(evaluate(new Compare(CompareOperator.EQ, x, literal(DataType.FLOAT64, Double.NaN)), values))
                .containsExactly(true, false, null, false, false);
        assertThat(evaluate(new Compare(CompareOperator.GT, x, literal(DataType.FLOAT64, Double.POSITIVE_INFINITY)),
                values))
                .containsExactly(true, false, null, false, false);
        assertThat(evaluate(new Compare(CompareOperator.EQ, x, literal(DataType.FLOAT64, -0.0)), values))
                .containsExactly(false, false, null, true, true);
    }

    private static List<Object> evaluate(BoundExpr expression, List<Object> values) {
        return Evaluations.evaluate(expression, List.of(DataType.FLOAT64), List.of(values));
    }

    private static boolean holds(CompareOperator operator, int order) {
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    private static int order(Object x, Object y) {
        return switch (x) {
            case Boolean b -> Boolean.compare(b, (boolean) y);
            case Integer i -> Integer.compare(i, (int) y);
            case Long l -> Long.compare(l, (long) y);
            // adding 0.0 turns -0.0 into 0.0, which Double.compare tells apart
            case Double d -> Double.compare(d + 0.0, (double) y + 0.0);
            case String s -> Arrays.compareUnsigned(
                    s.getBytes(StandardCharsets.UTF_8), ((String) y).getBytes(StandardCharsets.UTF_8));
            default -> throw new AssertionError(x);
        };
    }
}

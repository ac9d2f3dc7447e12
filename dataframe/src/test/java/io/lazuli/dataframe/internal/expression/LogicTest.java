package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkRows;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static io.lazuli.dataframe.internal.expression.Evaluations.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.If;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LogicTest {
    private static final BoundExpr P = input(0, DataType.BOOL);
    private static final BoundExpr Q = input(1, DataType.BOOL);

    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 300)
    void and_hasThreeValues(@ForAll("shapes") Shape shape) {
        checkLogic(shape, new And(P, Q), row -> and(row.get(0), row.get(1)));
    }

    @Property(tries = 300)
    void or_hasThreeValues(@ForAll("shapes") Shape shape) {
        checkLogic(shape, new Or(P, Q), row -> not(and(not(row.get(0)), not(row.get(1)))));
    }

    @Property(tries = 300)
    void not_ofNull_isNull(@ForAll("shapes") Shape shape) {
        checkLogic(shape, new Not(Q), row -> not(row.get(1)));
    }

    @Property(tries = 300)
    void nested_logic(@ForAll("shapes") Shape shape) {
        BoundExpr expression = new And(new Or(P, new Not(Q)), new Or(new IsNull(P), literal(DataType.BOOL, null)));
        checkLogic(shape, expression, row -> and(
                not(and(not(row.get(0)), row.get(1))), not(and(row.get(0) != null, null))));
    }

    @Property(tries = 300)
    void isNull_isNeverNull(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        checkRows(shape, List.of(type), List.of(shape.values(type, 0)), new IsNull(input(0, type)),
                row -> row.get(0) == null);
    }

    @Property(tries = 600)
    void if_takesOtherwiseForFalseAndNull(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        checkRows(
                shape,
                List.of(DataType.BOOL, type, type),
                List.of(shape.values(DataType.BOOL, 0), shape.values(type, 1), shape.values(type, 2)),
                new If(P, input(1, type), input(2, type)),
                row -> Boolean.TRUE.equals(row.get(0)) ? row.get(1) : row.get(2));
    }

    @Property(tries = 300)
    void if_takesLiterals(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        Object value = shape.value(type, 1);
        checkRows(
                shape,
                List.of(DataType.BOOL),
                List.of(shape.values(DataType.BOOL, 0)),
                new If(P, literal(type, value), literal(type, null)),
                row -> Boolean.TRUE.equals(row.get(0)) ? value : null);
    }

    @Property(tries = 200)
    void topLevelLiteral_fillsTheBatch(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        Object value = shape.value(type, 1);
        checkRows(shape, List.of(type), List.of(shape.values(type, 0)), literal(type, value), row -> value);
        checkRows(shape, List.of(type), List.of(shape.values(type, 0)), literal(type, null), row -> null);
    }

    @Test
    void branchThatFails_isGuardedByItsCondition() {
        BoundExpr isNumber = input(0, DataType.BOOL);
        BoundExpr number = new Cast(input(1, DataType.UTF8), DataType.INT);
        List<List<Object>> rows = List.of(
                Arrays.asList(true, false, null, true),
                Arrays.asList("7", "n/a", "a long text that is no number", "8"));

        assertThat(evaluate(new If(isNumber, number, literal(DataType.INT, 0)), rows)).containsExactly(7, 0, 0, 8);
        assertThat(evaluate(new If(new Not(isNumber), literal(DataType.INT, 0), number), List.of(
                Arrays.asList(true, false), Arrays.asList("7", "n/a"))))
                .containsExactly(7, 0);
        assertThatThrownBy(() -> evaluate(new If(isNumber, literal(DataType.INT, 0), number), rows))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("'n/a'");
    }

    @Test
    void sideThatFails_isGuardedByTheOther() {
        BoundExpr flag = input(0, DataType.BOOL);
        BoundExpr parsed = new Cast(input(1, DataType.UTF8), DataType.BOOL);
        List<List<Object>> ands = List.of(Arrays.asList(false, true, true), Arrays.asList("bad", "true", "false"));
        List<List<Object>> ors = List.of(Arrays.asList(true, false, false), Arrays.asList("bad", "true", "false"));
        List<List<Object>> unknown = List.of(Arrays.asList((Object) null), List.of("bad"));

        assertThat(evaluate(new And(flag, parsed), ands)).containsExactly(false, true, false);
        assertThat(evaluate(new Or(flag, parsed), ors)).containsExactly(true, true, false);
        // null and x is null or false, depending on x: so x is needed
        assertThatThrownBy(() -> evaluate(new And(flag, parsed), unknown)).hasMessageContaining("'bad'");
        assertThatThrownBy(() -> evaluate(new Or(flag, parsed), unknown)).hasMessageContaining("'bad'");
    }

    private static List<Object> evaluate(BoundExpr expression, List<List<Object>> inputs) {
        return Evaluations.evaluate(expression, List.of(DataType.BOOL, DataType.UTF8), inputs);
    }

    private static void checkLogic(
            Shape shape, BoundExpr expression, Function<List<Object>, Object> specification) {
        checkRows(
                shape,
                List.of(DataType.BOOL, DataType.BOOL),
                List.of(shape.values(DataType.BOOL, 0), shape.values(DataType.BOOL, 1)),
                expression,
                specification);
    }

    private static Object and(Object p, Object q) {
        return Boolean.FALSE.equals(p) || Boolean.FALSE.equals(q)
                ? (Object) false
                : p == null || q == null ? null : (Object) true;
    }

    private static Object not(Object p) {
        return p == null ? null : (Object) !((boolean) p);
    }
}

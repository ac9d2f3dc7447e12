package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.and;
import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.gt;
import static io.lazuli.dataframe.internal.plan.rule.Plans.join;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.right;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Columns 0 to 3 are the left side's, 4 and 5 the right side's.
class NarrowOuterJoinTest {
    private static void assertNarrows(JoinKind before, BoundExpr predicate, JoinKind after) {
        assertRule(new NarrowOuterJoin())
                .on(filter(join(left(), right(), before), predicate))
                .becomes(filter(join(left(), right(), after), predicate));
    }

    private static void assertKeeps(JoinKind kind, BoundExpr predicate) {
        assertRule(new NarrowOuterJoin()).on(filter(join(left(), right(), kind), predicate)).doesNotFire();
    }

    private static BoundExpr or(BoundExpr left, BoundExpr right) {
        return new BoundExpr.Or(left, right);
    }

    @Test
    void aFilterOnTheOtherSideDropsRowsThatStandAlone() {
        assertNarrows(JoinKind.LEFT, positive(5), JoinKind.INNER);
        assertNarrows(JoinKind.RIGHT, positive(1), JoinKind.INNER);
        assertNarrows(JoinKind.FULL, positive(5), JoinKind.RIGHT);
        assertNarrows(JoinKind.FULL, positive(1), JoinKind.LEFT);
        assertNarrows(JoinKind.FULL, gt(column(1), plus(column(5), number(1))), JoinKind.INNER);
    }

    @Test
    void aFilterOnTheSameSideKeepsThem() {
        assertKeeps(JoinKind.LEFT, positive(1));
        assertKeeps(JoinKind.RIGHT, positive(5));
        assertKeeps(JoinKind.INNER, positive(5));
    }

    @Test
    void oneOfSeveralConditionsIsEnoughAndOneOfSeveralChoicesIsNot() {
        assertNarrows(JoinKind.LEFT, and(positive(1), positive(5)), JoinKind.INNER);
        assertNarrows(JoinKind.LEFT, or(positive(4), positive(5)), JoinKind.INNER);
        assertKeeps(JoinKind.LEFT, or(positive(1), positive(5)));
    }

    @Test
    void conditionsThatAreTrueOfNullsKeepThem() {
        assertKeeps(JoinKind.LEFT, new BoundExpr.IsNull(column(5)));
        assertNarrows(JoinKind.LEFT, new BoundExpr.Not(new BoundExpr.IsNull(column(5))), JoinKind.INNER);
        assertKeeps(JoinKind.LEFT, new BoundExpr.Not(new BoundExpr.Not(new BoundExpr.IsNull(column(5)))));
        assertNarrows(JoinKind.LEFT, new BoundExpr.Not(positive(5)), JoinKind.INNER);
    }

    @Test
    void testsOfComputedValuesAreNullOfNulls() {
        BoundExpr sum = plus(column(5), number(1));
        BoundExpr between =
                new BoundExpr.Call(ValueFunction.BETWEEN, List.of(sum, number(1), number(2)), DataType.BOOL);
        BoundExpr in = new BoundExpr.Call(ValueFunction.IN, List.of(sum, number(1), number(2)), DataType.BOOL);
        BoundExpr filled = new BoundExpr.Call(ValueFunction.COALESCE, List.of(sum, number(1)), DataType.LONG);
        assertNarrows(JoinKind.LEFT, between, JoinKind.INNER);
        assertNarrows(JoinKind.LEFT, new BoundExpr.Not(in), JoinKind.INNER);
        assertKeeps(JoinKind.LEFT, gt(filled, number(0)));
    }
}

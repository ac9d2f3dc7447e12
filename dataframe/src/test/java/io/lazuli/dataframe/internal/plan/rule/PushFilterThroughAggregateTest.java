package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.and;
import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.gt;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sums;
import static io.lazuli.dataframe.internal.plan.rule.Plans.userFunction;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushFilterThroughAggregateTest {
    @Test
    void aFilterOfKeysDropsRowsBeforeTheyAreGrouped() {
        assertRule(new PushFilterThroughAggregate())
                .on(filter(sums(left(), 2, 1), positive(0)))
                .becomes(sums(filter(left(), positive(2)), 2, 1));
    }

    @Test
    void aFilterOfSumsStays() {
        assertRule(new PushFilterThroughAggregate()).on(filter(sums(left(), 2, 1), positive(1))).doesNotFire();
    }

    @Test
    void ofAFilterOfBothTheKeysGoBelow() {
        assertRule(new PushFilterThroughAggregate())
                .on(filter(sums(left(), 2, 1), and(positive(1), positive(0))))
                .becomes(filter(sums(filter(left(), positive(2)), 2, 1), positive(1)));
    }

    @Test
    void aPartThatMayFailStaysWithWhatMayGuardIt() {
        BoundExpr mayFail = gt(Plans.plus(column(0), number(1)), number(0));

        assertRule(new PushFilterThroughAggregate())
                .on(filter(sums(left(), 2, 1), and(positive(1), mayFail)))
                .doesNotFire();
    }

    @Test
    void aUserFunctionRunsOnceAGroup() {
        assertRule(new PushFilterThroughAggregate())
                .on(filter(sums(left(), 2, 1), gt(userFunction(column(0)), number(0))))
                .doesNotFire();
    }

    @Test
    void theOneRowOfAnAggregateWithoutKeysStays() {
        BoundExpr never = new BoundExpr.Literal(DataType.BOOL, Optional.of(false));

        assertRule(new PushFilterThroughAggregate())
                .on(filter(new Aggregate(left(), List.of(), sums(left(), 2, 1).calls()), never))
                .doesNotFire();
    }
}

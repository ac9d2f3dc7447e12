package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sort;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import org.junit.jupiter.api.Test;

class MergeLimitsTest {
    @Test
    void theLowerLimitWins() {
        assertRule(new MergeLimits()).on(new Limit(new Limit(left(), 5), 9)).becomes(new Limit(left(), 5));
        assertRule(new MergeLimits()).on(new Limit(new Limit(left(), 9), 5)).becomes(new Limit(left(), 5));
    }

    @Test
    void aSortBetweenThemStopsIt() {
        assertRule(new MergeLimits()).on(new Limit(sort(new Limit(left(), 9), 0), 5)).doesNotFire();
    }
}

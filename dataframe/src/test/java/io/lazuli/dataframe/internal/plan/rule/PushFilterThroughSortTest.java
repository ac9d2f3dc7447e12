package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sort;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import org.junit.jupiter.api.Test;

class PushFilterThroughSortTest {
    @Test
    void rowsAreDroppedBeforeTheyAreSorted() {
        assertRule(new PushFilterThroughSort())
                .on(filter(sort(left(), 2), positive(0)))
                .becomes(sort(filter(left(), positive(0)), 2));
    }

    @Test
    void aLimitBetweenThemStopsIt() {
        assertRule(new PushFilterThroughSort())
                .on(filter(new Limit(sort(left(), 2), 10), positive(0)))
                .doesNotFire();
    }
}

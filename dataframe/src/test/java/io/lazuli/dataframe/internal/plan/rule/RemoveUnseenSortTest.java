package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.join;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.Plans.right;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sort;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sums;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import org.junit.jupiter.api.Test;

class RemoveUnseenSortTest {
    @Test
    void groupsDoNotSeeTheOrder() {
        assertRule(new RemoveUnseenSort()).on(sums(sort(left(), 1), 0, 1)).becomes(sums(left(), 0, 1));
    }

    @Test
    void aJoinSeesNeitherSidesOrder() {
        assertRule(new RemoveUnseenSort())
                .on(join(sort(left(), 1), sort(right(), 2), JoinKind.LEFT))
                .becomes(join(left(), right(), JoinKind.LEFT));
    }

    @Test
    void filtersAndProjectionsBetweenDoNotMatter() {
        assertRule(new RemoveUnseenSort())
                .on(sums(project(filter(sort(sort(left(), 0), 1), positive(2)), output("k", column(0)),
                        output("v", column(1))), 0, 1))
                .becomes(sums(project(filter(left(), positive(2)), output("k", column(0)), output("v", column(1))), 0,
                        1));
    }

    @Test
    void aLimitSeesTheOrder() {
        assertRule(new RemoveUnseenSort()).on(sums(new Limit(sort(left(), 1), 3), 0, 1)).doesNotFire();
    }
}

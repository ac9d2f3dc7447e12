package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sort;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sums;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoveRedundantSortTest {
    private static final SortOrder.Column FIRST = new SortOrder.Column(0, true, false);
    private static final SortOrder.Column SECOND = new SortOrder.Column(1, false, false);

    @Test
    void whatKeepsRowsInOrderMayStandBetween() {
        assertRule(new RemoveRedundantSort())
                .on(sort(filter(new Limit(sort(left(), 1), 10), positive(2)), 1))
                .becomes(filter(new Limit(sort(left(), 1), 10), positive(2)));
    }

    @Test
    void theFirstColumnsOfAnOrderAreAnOrder() {
        Sort both = new Sort(left(), new SortOrder(List.of(FIRST, SECOND)));

        assertRule(new RemoveRedundantSort()).on(sort(both, 0)).becomes(both);
        assertRule(new RemoveRedundantSort()).on(sort(both, 1)).doesNotFire();
    }

    @Test
    void columnsAreFollowedUnderTheirNewNames() {
        assertRule(new RemoveRedundantSort())
                .on(sort(project(sort(left(), 1), output("x", column(0)), output("y", column(1))), 1))
                .becomes(project(sort(left(), 1), output("x", column(0)), output("y", column(1))));
        assertRule(new RemoveRedundantSort())
                .on(sort(project(sort(left(), 1), output("x", column(0)), output("b", positive(1))), 0))
                .doesNotFire();
    }

    @Test
    void groupsHaveNoOrder() {
        assertRule(new RemoveRedundantSort()).on(sort(sums(sort(left(), 0), 0, 1), 0)).doesNotFire();
    }
}

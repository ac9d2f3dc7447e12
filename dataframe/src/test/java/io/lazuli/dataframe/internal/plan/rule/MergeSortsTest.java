package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MergeSortsTest {
    private static final SortOrder.Column A = new SortOrder.Column(0, false, false);
    private static final SortOrder.Column A_DOWN = new SortOrder.Column(0, true, false);
    private static final SortOrder.Column B = new SortOrder.Column(1, false, false);
    private static final SortOrder.Column B_NULLS_FIRST = new SortOrder.Column(1, false, true);

    private static Sort sort(LogicalPlan input, SortOrder.Column... columns) {
        return new Sort(input, new SortOrder(Arrays.asList(columns)));
    }

    @Test
    void theLowerSortGoesWhereTheUpperLooksAtAllItsColumns() {
        assertRule(new MergeSorts()).on(sort(sort(left(), B), A, B)).becomes(sort(left(), A, B));
        assertRule(new MergeSorts()).on(sort(sort(left(), A), A_DOWN)).becomes(sort(left(), A_DOWN));
        assertRule(new MergeSorts()).on(sort(sort(left(), B_NULLS_FIRST, A), A, B)).becomes(sort(left(), A, B));
    }

    @Test
    void theUpperSortGoesWhereItBeginsTheLower() {
        assertRule(new MergeSorts()).on(sort(sort(left(), A, B), A)).becomes(sort(left(), A, B));
    }

    @Test
    void aLowerSortThatDecidesAmongEqualRowsStays() {
        assertRule(new MergeSorts()).on(sort(sort(left(), B), A)).doesNotFire();
        assertRule(new MergeSorts()).on(sort(sort(left(), A, B), A_DOWN)).doesNotFire();
    }
}

package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.and;
import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.gt;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import org.junit.jupiter.api.Test;

class MergeFiltersTest {
    @Test
    void twoFiltersBecomeOne() {
        assertRule(new MergeFilters())
                .on(filter(filter(left(), positive(0)), positive(1)))
                .becomes(filter(left(), and(positive(0), positive(1))));
    }

    @Test
    void aFilterThatMayFailStaysBehindItsGuard() {
        assertRule(new MergeFilters())
                .on(filter(filter(left(), positive(0)), gt(plus(column(1), number(1)), number(0))))
                .doesNotFire();
    }
}

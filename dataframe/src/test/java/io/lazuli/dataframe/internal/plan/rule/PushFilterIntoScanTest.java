package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.and;
import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.gt;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.where;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import org.junit.jupiter.api.Test;

class PushFilterIntoScanTest {
    private static final BoundExpr COMPUTED = gt(plus(column(1), number(1)), number(0));

    @Test
    void theSourceIsToldWhatItMayUnderstand() {
        BoundExpr simple = and(positive(0), new BoundExpr.Not(new BoundExpr.IsNull(column(2))));

        assertRule(new PushFilterIntoScan())
                .on(filter(left(), and(simple, COMPUTED)))
                .becomes(filter(where(left(), simple), and(simple, COMPUTED)));
    }

    @Test
    void newPartsJoinThoseItKnows() {
        assertRule(new PushFilterIntoScan())
                .on(filter(where(left(), positive(0)), and(positive(0), positive(1))))
                .becomes(filter(where(left(), and(positive(0), positive(1))), and(positive(0), positive(1))));
    }

    @Test
    void computedValuesAndComparedColumnsSayNothing() {
        assertRule(new PushFilterIntoScan()).on(filter(left(), COMPUTED)).doesNotFire();
        assertRule(new PushFilterIntoScan()).on(filter(left(), gt(column(0), column(1)))).doesNotFire();
    }
}

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

import io.lazuli.dataframe.internal.expression.BoundExpr;
import org.junit.jupiter.api.Test;

class FactorCommonConjunctsTest {
    private static final BoundExpr A = positive(0);
    private static final BoundExpr B = positive(1);
    private static final BoundExpr C = positive(2);
    private static final BoundExpr D = positive(3);
    private static final BoundExpr MAY_FAIL = gt(plus(column(0), number(1)), number(0));

    private static BoundExpr or(BoundExpr left, BoundExpr right) {
        return new BoundExpr.Or(left, right);
    }

    private static void assertBecomes(BoundExpr predicate, BoundExpr expected) {
        assertRule(new FactorCommonConjuncts()).on(filter(left(), predicate)).becomes(filter(left(), expected));
    }

    @Test
    void whatAllSidesAskForStandsBefore() {
        assertBecomes(or(and(A, B), and(A, C)), and(A, or(B, C)));
        assertBecomes(or(or(and(A, B), and(C, A)), and(and(D, B), A)), and(A, or(or(B, C), and(D, B))));
    }

    @Test
    void aSideThatAsksForNothingElseMakesTheOrTrue() {
        assertBecomes(or(and(A, B), A), A);
        assertBecomes(and(D, or(A, A)), and(D, A));
    }

    @Test
    void aPartThatOccursTwiceStaysOnce() {
        assertBecomes(and(and(A, B), A), and(A, B));
    }

    @Test
    void nothingCommonOrSomethingThatMayFailStays() {
        assertRule(new FactorCommonConjuncts()).on(filter(left(), or(and(A, B), and(C, D)))).doesNotFire();
        assertRule(new FactorCommonConjuncts())
                .on(filter(left(), or(and(B, MAY_FAIL), and(C, MAY_FAIL))))
                .doesNotFire();
    }
}

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
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import org.junit.jupiter.api.Test;

class PushFilterIntoJoinTest {
    private static final BoundExpr BOTH = gt(column(1), column(5));

    @Test
    void eachSideGetsItsParts() {
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(), JoinKind.INNER), and(and(positive(1), positive(5)), BOTH)))
                .becomes(filter(join(filter(left(), positive(1)), filter(right(), positive(2)), JoinKind.INNER), BOTH));
    }

    @Test
    void nothingIsLeftAboveWhereEachPartHasItsSide() {
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(), JoinKind.INNER), positive(4)))
                .becomes(join(left(), filter(right(), positive(1)), JoinKind.INNER));
    }

    @Test
    void theRightSideOfALeftJoinIsLeftAlone() {
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(), JoinKind.LEFT), and(positive(1), positive(5))))
                .becomes(filter(join(filter(left(), positive(1)), right(), JoinKind.LEFT), positive(5)));
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(), JoinKind.LEFT), new BoundExpr.IsNull(column(5))))
                .doesNotFire();
    }

    @Test
    void aSideIsLeftAloneWhereRowsOfTheOtherStandAlone() {
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(), JoinKind.RIGHT), and(positive(1), positive(5))))
                .becomes(filter(join(left(), filter(right(), positive(2)), JoinKind.RIGHT), positive(1)));
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(), JoinKind.FULL), and(positive(1), positive(5))))
                .doesNotFire();
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(0), JoinKind.ANTI), positive(1)))
                .becomes(join(filter(left(), positive(1)), right(0), JoinKind.ANTI));
    }

    @Test
    void aPartThatMayFailSeesOnlyRowsThatMatch() {
        assertRule(new PushFilterIntoJoin())
                .on(filter(join(left(), right(), JoinKind.INNER), gt(plus(column(1), number(1)), number(0))))
                .doesNotFire();
    }
}

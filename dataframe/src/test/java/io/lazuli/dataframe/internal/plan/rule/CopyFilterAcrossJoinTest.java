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

import io.lazuli.dataframe.internal.operator.join.JoinKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CopyFilterAcrossJoinTest {
    @ParameterizedTest
    @EnumSource(names = {"INNER", "LEFT"})
    void theOtherSideLosesRowsWithoutAWantedPartner(JoinKind kind) {
        var predicate = and(positive(0), positive(1));

        assertRule(new CopyFilterAcrossJoin())
                .on(filter(join(left(), right(), kind), predicate))
                .becomes(filter(join(left(), filter(right(), positive(0)), kind), predicate));
    }

    @Test
    void whatTheOtherSideAsksAlreadyIsNotCopied() {
        assertRule(new CopyFilterAcrossJoin())
                .on(filter(join(left(), filter(right(), positive(0)), JoinKind.INNER), positive(0)))
                .doesNotFire();
    }

    @Test
    void partsOfOtherColumnsAndPartsThatMayFailAreNotCopied() {
        assertRule(new CopyFilterAcrossJoin())
                .on(filter(join(left(), right(), JoinKind.INNER), positive(1)))
                .doesNotFire();
        assertRule(new CopyFilterAcrossJoin())
                .on(filter(join(left(), right(), JoinKind.INNER), gt(plus(column(0), number(1)), number(0))))
                .doesNotFire();
    }
}

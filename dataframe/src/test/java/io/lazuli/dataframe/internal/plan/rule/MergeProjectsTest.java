package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import org.junit.jupiter.api.Test;

class MergeProjectsTest {
    private static final BoundExpr NEXT = plus(column(0), number(1));

    @Test
    void twoProjectionsBecomeOne() {
        assertRule(new MergeProjects())
                .on(project(
                        project(left(), output("next", NEXT), output("b", column(1))),
                        output("b", column(1)),
                        output("twice", plus(column(1), column(1))),
                        output("later", plus(column(0), number(2)))))
                .becomes(project(
                        left(),
                        output("b", column(1)),
                        output("twice", plus(column(1), column(1))),
                        output("later", plus(NEXT, number(2)))));
    }

    @Test
    void nothingIsComputedTwice() {
        assertRule(new MergeProjects())
                .on(project(project(left(), output("next", NEXT)), output("twice", plus(column(0), column(0)))))
                .doesNotFire();
    }
}

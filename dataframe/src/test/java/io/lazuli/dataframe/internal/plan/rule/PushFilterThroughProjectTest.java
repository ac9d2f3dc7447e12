package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.and;
import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.gt;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.Plans.userFunction;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import org.junit.jupiter.api.Test;

class PushFilterThroughProjectTest {
    @Test
    void theFilterSeesWhatTheProjectionComputes() {
        BoundExpr next = plus(column(0), number(1));

        assertRule(new PushFilterThroughProject())
                .on(filter(project(left(), output("b", column(1)), output("next", next)), positive(1)))
                .becomes(project(filter(left(), gt(next, number(0))), output("b", column(1)), output("next", next)));
    }

    @Test
    void aUserFunctionIsNotCalledTwice() {
        assertRule(new PushFilterThroughProject())
                .on(filter(project(left(), output("f", userFunction(column(0)))), positive(0)))
                .doesNotFire();
    }

    @Test
    void aUserFunctionBesideTheFilterDoesNotMatter() {
        assertRule(new PushFilterThroughProject())
                .on(filter(project(left(), output("f", userFunction(column(0))), output("b", column(1))), positive(1)))
                .becomes(project(filter(left(), positive(1)), output("f", userFunction(column(0))),
                        output("b", column(1))));
    }

    @Test
    void partsThatReadNoUserFunctionGoBelowByThemselves() {
        var outputs = new LogicalPlan.Output[] {output("f", userFunction(column(0))), output("b", column(1))};

        assertRule(new PushFilterThroughProject())
                .on(filter(project(left(), outputs), and(positive(0), positive(1))))
                .becomes(filter(project(filter(left(), positive(1)), outputs), positive(0)));
    }

    @Test
    void whatWouldBecomeLargeStaysAbove() {
        BoundExpr large = column(0);
        for (int i = 0; i < 12; i++) {
            large = plus(large, large);
        }
        var outputs = new LogicalPlan.Output[] {output("l", large), output("b", column(1))};
        BoundExpr once = positive(0);
        BoundExpr twice = gt(plus(column(0), column(0)), number(0));

        assertRule(new PushFilterThroughProject())
                .on(filter(project(left(), outputs), once))
                .becomes(project(filter(left(), gt(large, number(0))), outputs));
        assertRule(new PushFilterThroughProject()).on(filter(project(left(), outputs), twice)).doesNotFire();
        assertRule(new PushFilterThroughProject())
                .on(filter(project(left(), outputs), and(twice, positive(1))))
                .becomes(filter(project(filter(left(), positive(1)), outputs), twice));
    }
}

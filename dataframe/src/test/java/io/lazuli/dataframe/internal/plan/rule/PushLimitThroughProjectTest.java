package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import org.junit.jupiter.api.Test;

class PushLimitThroughProjectTest {
    @Test
    void onlyRowsThatStayAreComputed() {
        assertRule(new PushLimitThroughProject())
                .on(new Limit(project(left(), output("z", column(1))), 7))
                .becomes(project(new Limit(left(), 7), output("z", column(1))));
    }

    @Test
    void aFilterStopsIt() {
        assertRule(new PushLimitThroughProject())
                .on(new Limit(Plans.filter(left(), Plans.positive(0)), 7))
                .doesNotFire();
    }
}

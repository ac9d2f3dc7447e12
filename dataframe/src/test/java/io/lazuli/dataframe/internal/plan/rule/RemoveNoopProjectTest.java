package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import org.junit.jupiter.api.Test;

class RemoveNoopProjectTest {
    @Test
    void aProjectionToAllColumnsGoes() {
        assertRule(new RemoveNoopProject())
                .on(project(left(0, 2), output("a", column(0)), output("c", column(1))))
                .becomes(left(0, 2));
    }

    @Test
    void renamingReorderingAndDroppingAreWork() {
        assertRule(new RemoveNoopProject()).on(project(left(0), output("b", column(0)))).doesNotFire();
        assertRule(new RemoveNoopProject())
                .on(project(left(0, 2), output("c", column(1)), output("a", column(0))))
                .doesNotFire();
        assertRule(new RemoveNoopProject()).on(project(left(0, 2), output("a", column(0)))).doesNotFire();
    }
}

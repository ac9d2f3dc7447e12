package io.lazuli.dataframe.internal.plan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;

/// `assertRule(rule).on(plan).becomes(plan)` or `.doesNotFire()`. A rule that fires must keep the schema and must not fire again in
/// the same place.
final class RuleAssert {
    private final Rule rule;
    private final LogicalPlan plan;

    private RuleAssert(Rule rule, LogicalPlan plan) {
        this.rule = rule;
        this.plan = plan;
    }

    static RuleAssert assertRule(Rule rule) {
        return new RuleAssert(rule, null);
    }

    RuleAssert on(LogicalPlan newPlan) {
        return new RuleAssert(rule, newPlan);
    }

    void becomes(LogicalPlan expected) {
        LogicalPlan better = rule.apply(plan).orElseThrow(() -> new AssertionError(rule.name() + " did not fire"));
        assertThat(PlanText.tree(better)).isEqualTo(PlanText.tree(expected));
        assertThat(better).isEqualTo(expected);
        assertThat(better.schema()).isEqualTo(plan.schema());
        assertThat(rule.apply(better)).isEmpty();
    }

    void doesNotFire() {
        assertThat(rule.apply(plan)).isEmpty();
    }
}

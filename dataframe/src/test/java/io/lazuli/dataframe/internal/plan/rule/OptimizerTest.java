package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.Plans.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    @Test
    void rulesWorkTogetherUntilNoneFires() {
        LogicalPlan plan = filter(filter(project(left(), output("c", column(2)), output("a", column(0))), positive(0)),
                positive(1));

        Optimizer.Optimized optimized = Optimizer.optimize(plan, RuleSet.DEFAULT);

        var predicate = Plans.and(positive(1), positive(0));
        assertThat(optimized.plan())
                .isEqualTo(project(filter(where(left(0, 2), predicate), predicate), output("c", column(1)),
                        output("a", column(0))));
        assertThat(optimized.trace()).contains("MergeFilters", "PushFilterThroughProject", "PruneColumns",
                "PushFilterIntoScan");
        assertThat(Optimizer.optimize(optimized.plan(), RuleSet.DEFAULT).trace()).isEmpty();
    }

    @Test
    void rulesThatUndoEachOtherAreNamed() {
        record Longer() implements Rule {
            @Override
            public Optional<LogicalPlan> apply(LogicalPlan node) {
                return node instanceof Limit(var input, long count) && count == 1
                        ? Optional.of(new Limit(input, 2))
                        : Optional.empty();
            }
        }
        record Shorter() implements Rule {
            @Override
            public Optional<LogicalPlan> apply(LogicalPlan node) {
                return node instanceof Limit(var input, long count) && count == 2
                        ? Optional.of(new Limit(input, 1))
                        : Optional.empty();
            }
        }

        assertThatThrownBy(() -> Optimizer.optimize(new Limit(left(), 2), List.of(new Longer(), new Shorter())))
                .hasMessage(
                        "The optimizer's rules undo each other: Shorter, Longer, Shorter. Please report this plan.");
    }

    @Test
    void rulesThatNeverEndAreNamed() {
        record Longer() implements Rule {
            @Override
            public Optional<LogicalPlan> apply(LogicalPlan node) {
                return node instanceof Limit(var input, long count)
                        ? Optional.of(new Limit(input, count + 1))
                        : Optional.empty();
            }
        }

        assertThatThrownBy(() -> Optimizer.optimize(new Limit(left(), 2), List.of(new Longer())))
                .hasMessage("The optimizer's rules found no end in 1000 passes over the plan; the last were Longer."
                        + " Please report this plan.");
    }
}

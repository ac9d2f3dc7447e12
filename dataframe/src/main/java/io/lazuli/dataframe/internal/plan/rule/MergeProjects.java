package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.List;
import java.util.Optional;

/// Two projections become one.
///
/// ```
///   project y * 2 as z
///     project x + 1 as y    ─▶    project (x + 1) * 2 as z
/// ```
///
/// Only where nothing is computed twice: what is more than a column or a constant below is read once above.
public final class MergeProjects implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Project(Project inner, var outputs)) || repeatsWork(inner.expressions(), outputs)) {
            return Optional.empty();
        }
        List<Output> merged = outputs.stream()
                .map(output -> new Output(output.name(),
                        BoundExprs.substitute(output.expression(), inner.expressions())))
                .toList();
        return Optional.of(new Project(inner.input(), merged));
    }

    private static boolean repeatsWork(List<BoundExpr> below, List<Output> above) {
        int[] uses = new int[below.size()];
        above.stream().flatMap(output -> BoundExprs.nodes(output.expression())).forEach(node -> {
            if (node instanceof BoundExpr.Input(int index, var ignored)) {
                uses[index]++;
            }
        });
        for (int i = 0; i < uses.length; i++) {
            if (uses[i] > 1 && !BoundExprs.isTrivial(below.get(i))) {
                return true;
            }
        }
        return false;
    }
}

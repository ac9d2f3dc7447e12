package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows that a filter drops are not computed.
///
/// ```
///   filter y > 0                     project a, x + 1 as y
///     project a, x + 1 as y    ─▶      filter x + 1 > 0
/// ```
///
/// A part that would call a user's function a second time stays above, and so does one that would become large, since what it names
/// twice is written twice below; and with them what may fail, which they may guard.
public final class PushFilterThroughProject implements Rule {
    private static final int MOST_NODES = 10_000;

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Project project, var predicate))) {
            return Optional.empty();
        }
        List<BoundExpr> parts = BoundExprs.conjuncts(predicate);
        boolean goesWhole = parts.stream().noneMatch(part -> staysAbove(part, project));
        List<BoundExpr> below = new ArrayList<>();
        List<BoundExpr> above = new ArrayList<>();
        for (BoundExpr part : parts) {
            boolean goes = goesWhole || !staysAbove(part, project) && !failsBelow(part, project);
            (goes ? below : above).add(part);
        }
        if (below.isEmpty()) {
            return Optional.empty();
        }
        BoundExpr pushed = BoundExprs.substitute(BoundExprs.all(below), project.expressions());
        LogicalPlan pushedThrough = new Project(new Filter(project.input(), pushed), project.outputs());
        return Optional.of(above.isEmpty() ? pushedThrough : new Filter(pushedThrough, BoundExprs.all(above)));
    }

    private static boolean staysAbove(BoundExpr part, Project project) {
        return BoundExprs.inputs(part).stream()
                .anyMatch(input -> BoundExprs.callsUser(project.expressions().get(input)))
                || sizeBelow(part, project) > MOST_NODES;
    }

    private static long sizeBelow(BoundExpr part, Project project) {
        return BoundExprs.nodes(part)
                .mapToLong(node -> node instanceof BoundExpr.Input(int index, var ignored)
                        ? BoundExprs.nodes(project.expressions().get(index)).count()
                        : 1)
                .sum();
    }

    private static boolean failsBelow(BoundExpr part, Project project) {
        return BoundExprs.mayFail(BoundExprs.substitute(part, project.expressions()));
    }
}

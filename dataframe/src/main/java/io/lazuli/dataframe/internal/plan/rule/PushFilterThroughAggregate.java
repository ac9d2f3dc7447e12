package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A filter on group keys drops rows before they are grouped.
///
/// ```
///   filter k > 0 and s > 5                filter s > 5
///     aggregate by k: sum(v) as s    ─▶     aggregate by k: sum(v) as s
///                                             filter k > 0
/// ```
///
/// Never for a user's function, which would run once a row, not once a group. Of several parts, one that may fail stays with the
/// others, which may be there to keep it from groups it cannot take.
public final class PushFilterThroughAggregate implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Aggregate(var input, var keys, var calls), var predicate)) || keys.isEmpty()) {
            return Optional.empty();
        }
        List<BoundExpr> parts = BoundExprs.conjuncts(predicate);
        boolean goesWhole = parts.stream().allMatch(part -> isAboutKeys(part, keys.size()));
        List<BoundExpr> below = new ArrayList<>();
        List<BoundExpr> above = new ArrayList<>();
        for (BoundExpr part : parts) {
            boolean goes = goesWhole || isAboutKeys(part, keys.size()) && !BoundExprs.mayFail(part);
            (goes ? below : above).add(part);
        }
        if (below.isEmpty()) {
            return Optional.empty();
        }
        BoundExpr pushed = BoundExprs.moveInputs(BoundExprs.all(below), keys);
        LogicalPlan aggregate = new Aggregate(new Filter(input, pushed), keys, calls);
        return Optional.of(above.isEmpty() ? aggregate : new Filter(aggregate, BoundExprs.all(above)));
    }

    private static boolean isAboutKeys(BoundExpr part, int keyCount) {
        return !BoundExprs.callsUser(part)
                && BoundExprs.inputs(part).stream().allMatch(column -> column < keyCount);
    }
}

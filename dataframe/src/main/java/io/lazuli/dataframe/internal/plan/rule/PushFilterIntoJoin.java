package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.join.JoinKind.Alone;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of a filter that read one side of a join only are applied to that side before.
///
/// ```
///   filter a > 0 and b > 0 and a < b        filter a < b
///     join                                    join
///       left (a)                      ─▶        filter a > 0
///       right (b)                                 left (a)
///                                               filter b > 0
///                                                 right (b)
/// ```
///
/// A side is left alone where rows of the other stand alone, such as the right side of a LEFT join: where a row is dropped there,
/// its partners come back with nulls. So are parts that may fail, which would see rows that the join drops.
public final class PushFilterIntoJoin implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Join join, var predicate))) {
            return Optional.empty();
        }
        List<BoundExpr> left = new ArrayList<>();
        List<BoundExpr> right = new ArrayList<>();
        List<BoundExpr> rest = new ArrayList<>();
        int leftCount = join.leftColumns().size();
        for (BoundExpr part : BoundExprs.conjuncts(predicate)) {
            var inputs = BoundExprs.inputs(part);
            if (inputs.isEmpty() || BoundExprs.mayFail(part)) {
                rest.add(part);
            } else if (inputs.last() < leftCount && join.kind().right() == Alone.NONE) {
                left.add(BoundExprs.moveInputs(part, join.leftColumns()));
            } else if (inputs.first() >= leftCount && join.kind().left() == Alone.NONE) {
                right.add(BoundExprs.moveInputs(part, shifted(join.rightColumns(), leftCount)));
            } else {
                rest.add(part);
            }
        }
        if (left.isEmpty() && right.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                filtered(join.withChildren(List.of(filtered(join.left(), left), filtered(join.right(), right))), rest));
    }

    /// `columns`, to be looked up by positions that start at `offset`.
    private static List<Integer> shifted(List<Integer> columns, int offset) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < offset; i++) {
            positions.add(-1);
        }
        positions.addAll(columns);
        return positions;
    }

    private static LogicalPlan filtered(LogicalPlan plan, List<BoundExpr> parts) {
        return parts.isEmpty() ? plan : new Filter(plan, BoundExprs.all(parts));
    }
}

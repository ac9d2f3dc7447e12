package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What a filter asks of a join's key, the key of the other side must satisfy as well to find a partner that is wanted.
///
/// ```
///   filter k > 0                  filter k > 0
///     join on k = id                join on k = id
///       left (k)         ─▶           left (k)
///       right (id)                    filter id > 0
///                                       right (id)
/// ```
///
/// The filter itself is then taken to the left by [PushFilterIntoJoin], which comes after. Parts that may fail are not copied.
public final class CopyFilterAcrossJoin implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Join join, var predicate)) || !dropsRightRows(join.kind())) {
            return Optional.empty();
        }
        List<Integer> positions = rightKeys(join);
        List<BoundExpr> known =
                join.right() instanceof Filter(var ignored, var right) ? BoundExprs.conjuncts(right) : List.of();
        List<BoundExpr> copies = BoundExprs.conjuncts(predicate).stream()
                .filter(part -> isAboutKeys(part, positions))
                .map(part -> BoundExprs.moveInputs(part, positions))
                .filter(Predicate.not(Set.copyOf(known)::contains))
                .toList();
        if (copies.isEmpty()) {
            return Optional.empty();
        }
        List<BoundExpr> all = new ArrayList<>(known);
        all.addAll(copies);
        LogicalPlan below = known.isEmpty() ? join.right() : join.right().children().getFirst();
        LogicalPlan right = new Filter(below, BoundExprs.all(all));
        return Optional.of(new Filter(join.withChildren(List.of(join.left(), right)), predicate));
    }

    /// Whether a right row without a partner leaves no trace.
    private static boolean dropsRightRows(JoinKind kind) {
        return switch (kind) {
            case INNER, LEFT, SEMI, ANTI -> true;
            case RIGHT, FULL, RIGHT_SEMI, RIGHT_ANTI -> false;
        };
    }

    /// For each column of the result that is a key of the left side, the right side's key; -1 for the others.
    private static List<Integer> rightKeys(Join join) {
        List<Integer> keys = new ArrayList<>(Collections.nCopies(join.schema().size(), -1));
        for (int column = 0; column < join.leftColumns().size(); column++) {
            int key = join.leftKeys().indexOf(join.leftColumns().get(column));
            if (key >= 0) {
                keys.set(column, join.rightKeys().get(key));
            }
        }
        return keys;
    }

    private static boolean isAboutKeys(BoundExpr part, List<Integer> positions) {
        var inputs = BoundExprs.inputs(part);
        return !inputs.isEmpty()
                && !BoundExprs.mayFail(part)
                && inputs.stream().allMatch(column -> positions.get(column) >= 0);
    }
}

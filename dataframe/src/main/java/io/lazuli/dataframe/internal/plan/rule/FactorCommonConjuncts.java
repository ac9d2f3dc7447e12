package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What all sides of an OR ask for stands before it, where it can be pushed down by itself.
///
/// ```
///   filter (a and b) or (a and c)    ─▶    filter a and (b or c)
///   filter (a and b) or a            ─▶    filter a
/// ```
///
/// Holds for three values too, where AND is the least and OR the greatest of false, null, true. What may fail stays: it could
/// come to see rows that an earlier part keeps from it.
public final class FactorCommonConjuncts implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(var input, var predicate))) {
            return Optional.empty();
        }
        List<BoundExpr> parts = BoundExprs.conjuncts(predicate);
        List<BoundExpr> factored = parts.stream().flatMap(part -> factored(part).stream()).distinct().toList();
        return factored.equals(parts) ? Optional.empty() : Optional.of(new Filter(input, BoundExprs.all(factored)));
    }

    private static List<BoundExpr> factored(BoundExpr part) {
        List<List<BoundExpr>> sides = BoundExprs.disjuncts(part).stream().map(BoundExprs::conjuncts).toList();
        List<BoundExpr> common = sides.getFirst().stream()
                .filter(term -> !BoundExprs.mayFail(term) && sides.stream().allMatch(side -> side.contains(term)))
                .distinct()
                .toList();
        if (sides.size() == 1 || common.isEmpty()) {
            return List.of(part);
        }
        List<List<BoundExpr>> rests = sides.stream().map(side -> without(side, common)).toList();
        List<BoundExpr> result = new ArrayList<>(common);
        if (rests.stream().noneMatch(List::isEmpty)) {
            result.add(BoundExprs.any(rests.stream().map(BoundExprs::all).toList()));
        }
        return result;
    }

    private static List<BoundExpr> without(List<BoundExpr> terms, List<BoundExpr> removed) {
        return terms.stream().filter(term -> !removed.contains(term)).toList();
    }
}

package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The source learns what the filter above looks for, and may leave out whole stretches of a file by their statistics.
///
/// ```
///   filter a > 0           filter a > 0
///     scan [a, b]    ─▶      scan [a, b] where a > 0
/// ```
///
/// The filter stays, since the source may still return rows that fail. Passed on are comparisons of columns with constants and
/// tests for null, which is all that statistics can answer; a text's prefix is passed on as the range of texts that have it.
public final class PushFilterIntoScan implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Scan scan, var predicate))) {
            return Optional.empty();
        }
        Set<BoundExpr> known = scan.predicate().map(p -> Set.copyOf(BoundExprs.conjuncts(p))).orElse(Set.of());
        List<BoundExpr> hints = BoundExprs.conjuncts(predicate).stream()
                .flatMap(part -> hint(part).stream())
                .flatMap(hint -> BoundExprs.conjuncts(hint).stream())
                .filter(hint -> !known.contains(hint))
                .distinct()
                .toList();
        if (hints.isEmpty()) {
            return Optional.empty();
        }
        BoundExpr pushed = BoundExprs.all(hints);
        BoundExpr hint = scan.predicate().<BoundExpr>map(p -> new And(p, pushed)).orElse(pushed);
        return Optional.of(new Filter(new Scan(scan.source(), scan.columns(), Optional.of(hint)), predicate));
    }

    /// Something simple that is true wherever the predicate is.
    private static Optional<BoundExpr> hint(BoundExpr predicate) {
        if (isSimple(predicate)) {
            return Optional.of(predicate);
        }
        return switch (predicate) {
            case And(var left, var right) -> both(hint(left), hint(right));
            case Or(var left, var right) -> hint(left).flatMap(l -> hint(right).map(r -> new Or(l, r)));
            case Call(var function, var arguments, var ignored) when function == TextFunction.STARTS_WITH ->
                prefixRange(arguments.get(0), arguments.get(1));
            case BoundExpr ignored -> Optional.empty();
        };
    }

    private static Optional<BoundExpr> both(Optional<BoundExpr> left, Optional<BoundExpr> right) {
        return left.isPresent() && right.isPresent()
                ? Optional.of(new And(left.get(), right.get()))
                : left.or(() -> right);
    }

    private static Optional<BoundExpr> prefixRange(BoundExpr text, BoundExpr prefix) {
        if (!(text instanceof Input && prefix instanceof Literal(var ignored, var value))
                || !(value.orElse("") instanceof String least)
                || least.isEmpty()) {
            return Optional.empty();
        }
        BoundExpr from = new Compare(CompareOperator.GE, text, prefix);
        return Optional.of(above(least)
                .<BoundExpr>map(end -> new And(
                        from,
                        new Compare(CompareOperator.LT, text, new Literal(DataType.UTF8, Optional.of(end)))))
                .orElse(from));
    }

    /// The least text above all that begin with `prefix`, in the order of code points; empty if there is none.
    private static Optional<String> above(String prefix) {
        int last = prefix.codePointBefore(prefix.length());
        String rest = prefix.substring(0, prefix.length() - Character.charCount(last));
        if (last == Character.MAX_CODE_POINT) {
            return rest.isEmpty() ? Optional.empty() : above(rest);
        }
        boolean isBeforeSurrogates = last + 1 == Character.MIN_SURROGATE;
        return Optional.of(rest + Character.toString(isBeforeSurrogates ? Character.MAX_SURROGATE + 1 : last + 1));
    }

    private static boolean isSimple(BoundExpr part) {
        return switch (part) {
            case Compare(var ignored, var left, var right) ->
                isColumnAndConstant(left, right) || isColumnAndConstant(right, left);
            case And(var left, var right) -> isSimple(left) && isSimple(right);
            case Or(var left, var right) -> isSimple(left) && isSimple(right);
            case Not(var operand) -> isSimple(operand);
            case IsNull(var operand) -> operand instanceof Input;
            case Input ignored -> true;
            case Literal ignored -> false;
            case BoundExpr.Arithmetic ignored -> false;
            case BoundExpr.Cast ignored -> false;
            case BoundExpr.If ignored -> false;
            case Call ignored -> false;
            case BoundExpr.MapValue ignored -> false;
        };
    }

    private static boolean isColumnAndConstant(BoundExpr left, BoundExpr right) {
        return left instanceof Input && right instanceof Literal;
    }
}

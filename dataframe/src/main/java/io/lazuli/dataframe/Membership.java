package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Looking for a value among constants: few are compared one by one, many are hashed.
///
/// ```
///   x in (1, 2)            x = 1 or x = 2
///   abs(x) in (1, 2)       in(abs(x), 1, 2)
///   x in (1, 2, .., 100)   x >= 1 and x <= 100 and in(x, 1, 2, .., 100)
/// ```
///
/// What is no column is written once, and computed once. The bounds are what sources can prune by, and they spare most rows the hash.
final class Membership {
    private Membership() {}

    /// @param operand the value to look for, as it is
    /// @param pairs   the value and a constant each, in the type that the two meet in
    static BoundExpr ofFew(BoundExpr operand, List<List<BoundExpr>> pairs) {
        BoundExpr first = pairs.getFirst().getFirst();
        boolean areAlike = pairs.stream().allMatch(pair -> pair.getFirst().equals(first));
        BoundExpr value = areAlike ? first : operand;
        return pairs.size() == 1 || BoundExprs.isTrivial(value)
                ? BoundExprs.any(pairs.stream().map(pair -> equal(pair.getFirst(), pair.getLast())).toList())
                : new BoundExpr.Call(ValueFunction.IN, withFirst(value, pairs.stream().map(List::getLast).toList()),
                        DataType.BOOL);
    }

    private static List<BoundExpr> withFirst(BoundExpr value, List<BoundExpr> constants) {
        List<BoundExpr> all = new ArrayList<>(List.of(value));
        all.addAll(constants);
        return all;
    }

    /// @param values of one type; the value to look for, then constants
    static BoundExpr of(List<BoundExpr> values) {
        BoundExpr value = values.getFirst();
        List<BoundExpr> constants = values.subList(1, values.size());
        if (BoundExprs.isTrivial(value) && !canBeHashed(value.type(), constants)) {
            return BoundExprs.any(constants.stream().map(c -> equal(value, c)).toList());
        }
        BoundExpr member = new BoundExpr.Call(ValueFunction.IN, values, DataType.BOOL);
        if (!(value instanceof BoundExpr.Input)) {
            return member;
        }
        Comparator<BoundExpr> order = Comparator.comparing(Membership::constant, Membership::compare);
        BoundExpr low = new Compare(CompareOperator.GE, value, constants.stream().min(order).orElseThrow());
        BoundExpr high = new Compare(CompareOperator.LE, value, constants.stream().max(order).orElseThrow());
        return new BoundExpr.And(new BoundExpr.And(low, high), member);
    }

    /// @param values of one type: the value, constants to look for, and as many to put in their places
    static BoundExpr replacement(List<BoundExpr> values) {
        BoundExpr value = values.getFirst();
        int count = values.size() / 2;
        List<BoundExpr> from = values.subList(1, count + 1);
        List<BoundExpr> to = values.subList(count + 1, values.size());
        List<BoundExpr> arguments = new ArrayList<>(List.of(value));
        for (int i = 0; i < count; i++) {
            arguments.addAll(List.of(from.get(i), to.get(i)));
        }
        return new BoundExpr.Call(ValueFunction.REPLACE, arguments, value.type());
    }

    private static boolean canBeHashed(DataType type, List<BoundExpr> constants) {
        return Kind.of(type) != Kind.BOOL
                && type != DataType.BINARY
                && constants.stream().allMatch(c -> c instanceof Literal literal && literal.value().isPresent());
    }

    private static BoundExpr equal(BoundExpr value, BoundExpr constant) {
        return new Compare(CompareOperator.EQ, value, constant);
    }

    private static Object constant(BoundExpr literal) {
        return ((Literal) literal).value().orElseThrow();
    }

    /// The order of [Compare].
    private static int compare(Object left, Object right) {
        return switch (left) {
            case Integer number -> Integer.compare(number, (Integer) right);
            case Long number -> Long.compare(number, (Long) right);
            case Double number -> Double.compare(number + 0.0, (Double) right + 0.0);
            case String text -> Arrays.compareUnsigned(text.getBytes(StandardCharsets.UTF_8),
                    ((String) right).getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("no order of " + left.getClass());
        };
    }
}

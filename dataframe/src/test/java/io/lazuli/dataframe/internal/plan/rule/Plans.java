package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.FakeSource;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.MapFunction;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Small plans over two tables of whole numbers: `left` has the columns a, b, c, d and `right` k, x, y.
final class Plans {
    static final FakeSource LEFT = FakeSource.of("left", "a: LONG", "b: LONG", "c: LONG", "d: LONG");
    static final FakeSource RIGHT = FakeSource.of("right", "k: LONG", "x: LONG", "y: LONG");

    private Plans() {}

    static Scan left(Integer... columns) {
        return new Scan(LEFT, columns.length == 0 ? List.of(0, 1, 2, 3) : List.of(columns), Optional.empty());
    }

    static Scan right(Integer... columns) {
        return new Scan(RIGHT, columns.length == 0 ? List.of(0, 1, 2) : List.of(columns), Optional.empty());
    }

    static Scan where(Scan scan, BoundExpr predicate) {
        return new Scan(scan.source(), scan.columns(), Optional.of(predicate));
    }

    static BoundExpr column(int index) {
        return new BoundExpr.Input(index, DataType.LONG);
    }

    static BoundExpr number(long value) {
        return new BoundExpr.Literal(DataType.LONG, Optional.of(value));
    }

    static BoundExpr plus(BoundExpr left, BoundExpr right) {
        return new BoundExpr.Arithmetic(ArithmeticOperator.ADD, left, right);
    }

    static BoundExpr gt(BoundExpr left, BoundExpr right) {
        return new BoundExpr.Compare(CompareOperator.GT, left, right);
    }

    /// Column `index` > 0.
    static BoundExpr positive(int index) {
        return gt(column(index), number(0));
    }

    static BoundExpr and(BoundExpr left, BoundExpr right) {
        return new BoundExpr.And(left, right);
    }

    static BoundExpr userFunction(BoundExpr operand) {
        MapFunction function = MapFunction.of("f", "Here.java:1", new MapFunction.OfLong(x -> x));
        return new BoundExpr.MapValue(function, operand);
    }

    static Filter filter(LogicalPlan input, BoundExpr predicate) {
        return new Filter(input, predicate);
    }

    static Output output(String name, BoundExpr expression) {
        return new Output(name, expression);
    }

    static Project project(LogicalPlan input, Output... outputs) {
        return new Project(input, List.of(outputs));
    }

    static Sort sort(LogicalPlan input, int column) {
        return new Sort(input, new SortOrder(List.of(new SortOrder.Column(column, true, false))));
    }

    /// Sums of columns, named `s` and the column, by one key.
    static Aggregate sums(LogicalPlan input, int key, Integer... columns) {
        return new Aggregate(
                input,
                List.of(key),
                Arrays.stream(columns)
                        .map(c -> AggregateCall.of("s" + input.schema().field(c).name(), Aggregation.Function.SUM, c))
                        .toList());
    }

    /// Of all columns but the right key.
    static Join join(LogicalPlan left, LogicalPlan right, JoinKind kind) {
        int leftCount = left.schema().size();
        int rightCount = right.schema().size();
        return new Join(
                left,
                right,
                List.of(0),
                List.of(0),
                kind,
                IntStream.range(0, leftCount).boxed().toList(),
                IntStream.range(1, rightCount).boxed().toList(),
                right.schema().names().subList(1, rightCount));
    }
}

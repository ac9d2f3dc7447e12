package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.AggregateCall;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Given;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapOverlap;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapPartitions;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Unary;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Unpivot;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Columns that nobody reads are not made, and not read from the source.
///
/// ```
///   aggregate by k: sum(v)           aggregate by k: sum(v)
///     filter x > 0             ─▶      filter x > 0
///       scan [k, v, x, y, z]             scan [k, v, x]
/// ```
///
/// Begins at the nodes that choose columns (project, aggregate, join) and goes down to the next of them or to a leaf.
public final class PruneColumns implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        LogicalPlan pruned =
                switch (node) {
                    case Project project -> project(project);
                    case Aggregate aggregate -> aggregate(aggregate);
                    case Join join -> join(join);
                    case Scan ignored -> node;
                    case Held ignored -> node;
                    case Given ignored -> node;
                    case Filter ignored -> node;
                    case Sort ignored -> node;
                    case TopRows ignored -> node;
                    case Limit ignored -> node;
                    case Slice ignored -> node;
                    case Repartition ignored -> node;
                    case RandomKeys ignored -> node;
                    case Ordered ignored -> node;
                    case MapRows ignored -> node;
                    case MapPartitions ignored -> node;
                    case MapOverlap ignored -> node;
                    case Unpivot ignored -> node;
                    case Concat ignored -> node;
                };
        return pruned.equals(node) ? Optional.empty() : Optional.of(pruned);
    }

    /// A narrower plan, and where each column of the old one is in it (-1: gone).
    private record Pruned(LogicalPlan plan, List<Integer> positions) {
        int position(int column) {
            return positions.get(column);
        }

        List<Integer> positions(List<Integer> columns) {
            return columns.stream().map(this::position).toList();
        }
    }

    private static LogicalPlan project(Project project) {
        Pruned input = prune(project.input(), BoundExprs.inputs(project.expressions()));
        return new Project(
                input.plan(),
                project.outputs().stream()
                        .map(o -> new Output(o.name(), BoundExprs.moveInputs(o.expression(), input.positions())))
                        .toList());
    }

    private static LogicalPlan aggregate(Aggregate aggregate) {
        SortedSet<Integer> needed = new TreeSet<>(aggregate.keys());
        aggregate.calls().forEach(call -> needed.addAll(call.inputs()));
        Pruned input = prune(aggregate.input(), needed);
        List<AggregateCall> calls = aggregate.calls().stream()
                .map(call -> call.withInputs(input.positions(call.inputs())))
                .toList();
        return new Aggregate(input.plan(), input.positions(aggregate.keys()), calls);
    }

    private static LogicalPlan join(Join join) {
        Pruned left = prune(join.left(), union(join.leftKeys(), join.leftColumns()));
        Pruned right = prune(join.right(), union(join.rightKeys(), join.rightColumns()));
        return new Join(
                left.plan(),
                right.plan(),
                left.positions(join.leftKeys()),
                right.positions(join.rightKeys()),
                join.kind(),
                left.positions(join.leftColumns()),
                right.positions(join.rightColumns()),
                join.rightNames());
    }

    /// The plan with at least the needed columns, and as few others as can be had.
    private static Pruned prune(LogicalPlan plan, SortedSet<Integer> needed) {
        return switch (plan) {
            case Scan scan -> scan(scan, needed);
            case Held(var result, var columns) ->
                new Pruned(new Held(result, pick(columns, needed)), positions(columns.size(), needed));
            case Given(var rows, var all, var columns, var name) ->
                new Pruned(
                        new Given(rows, all, pick(columns, needed), name), positions(columns.size(), needed));
            case Filter(var input, var predicate) -> {
                Pruned below = prune(input, union(needed, BoundExprs.inputs(predicate)));
                yield new Pruned(
                        new Filter(below.plan(), BoundExprs.moveInputs(predicate, below.positions())),
                        below.positions());
            }
            case Sort(var input, var order) -> {
                List<Integer> sorted = order.columns().stream().map(SortOrder.Column::index).toList();
                Pruned below = prune(input, union(needed, sorted));
                yield new Pruned(new Sort(below.plan(), moved(order, below)), below.positions());
            }
            case TopRows(var input, var keys, var order, int rowCount, boolean prefersLater) -> {
                List<Integer> sorted = order.columns().stream().map(SortOrder.Column::index).toList();
                Pruned below = prune(input, union(union(needed, keys), sorted));
                yield new Pruned(
                        new TopRows(below.plan(), below.positions(keys), moved(order, below), rowCount, prefersLater),
                        below.positions());
            }
            case Limit(var input, long rowCount) -> {
                Pruned below = prune(input, needed);
                yield new Pruned(new Limit(below.plan(), rowCount), below.positions());
            }
            case Slice slice -> unary(slice, needed);
            case Repartition repartition -> unary(repartition, needed);
            case RandomKeys keys -> randomKeys(keys, needed);
            case Ordered ordered -> ordered(ordered, needed);
            // nobody knows what a program reads
            case MapRows map -> new Pruned(map, all(map));
            case MapPartitions map -> new Pruned(map, all(map));
            case MapOverlap map -> new Pruned(map, all(map));
            case Unpivot unpivot -> unpivot(unpivot, needed);
            case Concat concat -> concat(concat, needed);
            case Project(var input, var outputs) ->
                new Pruned(new Project(input, pick(outputs, needed)), positions(outputs.size(), needed));
            case Aggregate aggregate -> aggregate(aggregate, needed);
            case Join join -> join(join, needed);
        };
    }

    private static List<Integer> all(LogicalPlan plan) {
        return IntStream.range(0, plan.schema().size()).boxed().toList();
    }

    private static Pruned unary(Unary node, SortedSet<Integer> needed) {
        Pruned below = prune(node.input(), needed);
        return new Pruned(node.withInput(below.plan()), below.positions());
    }

    /// The keys are the last two columns, whatever is before them.
    private static Pruned randomKeys(RandomKeys keys, SortedSet<Integer> needed) {
        int width = keys.input().schema().size();
        // a set of its own: a view of this one has no numbers from `width` on, not even none
        Pruned below = prune(keys.input(), new TreeSet<>(needed.headSet(width)));
        int first = below.plan().schema().size();
        List<Integer> positions = new ArrayList<>(below.positions());
        positions.addAll(List.of(first, first + 1));
        return new Pruned(keys.withInput(below.plan()), positions);
    }

    private static Pruned ordered(Ordered ordered, SortedSet<Integer> needed) {
        int width = ordered.input().schema().size();
        SortedSet<Integer> kept = new TreeSet<>();
        needed.tailSet(width).forEach(column -> kept.add(column - width));
        List<OrderedCall> calls = pick(ordered.calls(), kept);
        List<Integer> inputs = calls.stream().filter(OrderedCall::hasInput).map(OrderedCall::input).toList();
        Pruned below = prune(ordered.input(), union(needed.headSet(width), inputs));
        List<Integer> positions = new ArrayList<>(below.positions());
        int first = below.plan().schema().size();
        positions(ordered.calls().size(), kept).forEach(call -> positions.add(call < 0 ? -1 : first + call));
        if (calls.isEmpty()) {
            return new Pruned(below.plan(), positions);
        }
        List<OrderedCall> moved = calls.stream()
                .map(call -> call.hasInput() ? call.withInput(below.position(call.input())) : call)
                .toList();
        return new Pruned(new Ordered(below.plan(), moved), positions);
    }

    private static Pruned unpivot(Unpivot unpivot, SortedSet<Integer> needed) {
        List<List<Integer>> groups = unpivot.groups().stream().map(group -> pick(group, needed)).toList();
        Pruned below = prune(unpivot.input(), new TreeSet<>(groups.stream().flatMap(List::stream).toList()));
        return new Pruned(
                new Unpivot(below.plan(), groups.stream().map(below::positions).toList(),
                        pick(unpivot.names(), needed)),
                positions(unpivot.names().size(), needed));
    }

    /// Every input with exactly the needed columns, so that they stay equal.
    private static Pruned concat(Concat concat, SortedSet<Integer> needed) {
        List<LogicalPlan> inputs = concat.inputs().stream().map(input -> exactly(input, needed)).toList();
        return new Pruned(new Concat(inputs), positions(concat.schema().size(), needed));
    }

    private static LogicalPlan exactly(LogicalPlan plan, SortedSet<Integer> needed) {
        Pruned pruned = prune(plan, needed);
        if (pruned.plan().schema().size() == needed.size()) {
            return pruned.plan();
        }
        Schema schema = plan.schema();
        return new Project(pruned.plan(), needed.stream()
                .map(column -> new Output(
                        schema.field(column).name(),
                        new BoundExpr.Input(pruned.position(column), schema.field(column).type())))
                .toList());
    }

    private static Pruned scan(Scan scan, SortedSet<Integer> needed) {
        SortedSet<Integer> kept = union(needed, scan.predicate().map(BoundExprs::inputs).orElseGet(TreeSet::new));
        List<Integer> positions = positions(scan.columns().size(), kept);
        Optional<BoundExpr> predicate = scan.predicate().map(p -> BoundExprs.moveInputs(p, positions));
        return new Pruned(new Scan(scan.source(), pick(scan.columns(), kept), predicate), positions);
    }

    private static SortOrder moved(SortOrder order, Pruned below) {
        return new SortOrder(order.columns().stream()
                .map(column -> new SortOrder.Column(below.position(column.index()), column.descending(),
                        column.nullsFirst()))
                .toList());
    }

    private static Pruned aggregate(Aggregate aggregate, SortedSet<Integer> needed) {
        int keyCount = aggregate.keys().size();
        SortedSet<Integer> kept =
                union(needed, IntStream.range(0, keyCount).boxed().toList());
        List<AggregateCall> calls = kept.tailSet(keyCount).stream()
                .map(column -> aggregate.calls().get(column - keyCount))
                .toList();
        int width = keyCount + aggregate.calls().size();
        return new Pruned(new Aggregate(aggregate.input(), aggregate.keys(), calls), positions(width, kept));
    }

    private static Pruned join(Join join, SortedSet<Integer> needed) {
        int leftCount = join.leftColumns().size();
        List<Integer> right = needed.tailSet(leftCount).stream().map(column -> column - leftCount).toList();
        Join narrower = new Join(
                join.left(),
                join.right(),
                join.leftKeys(),
                join.rightKeys(),
                join.kind(),
                pick(join.leftColumns(), needed.headSet(leftCount)),
                pick(join.rightColumns(), right),
                pick(join.rightNames(), right));
        return new Pruned(narrower, positions(leftCount + join.rightColumns().size(), needed));
    }

    private static SortedSet<Integer> union(Collection<Integer> some, Collection<Integer> others) {
        SortedSet<Integer> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static <T> List<T> pick(List<T> values, Collection<Integer> kept) {
        return kept.stream().map(values::get).toList();
    }

    private static List<Integer> positions(int width, SortedSet<Integer> kept) {
        List<Integer> positions = new ArrayList<>(Collections.nCopies(width, -1));
        int next = 0;
        for (int column : kept) {
            positions.set(column, next++);
        }
        return positions;
    }
}

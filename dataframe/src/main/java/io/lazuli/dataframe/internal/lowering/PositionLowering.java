package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.physical.CarryRows;
import io.lazuli.dataframe.internal.physical.CutRows;
import io.lazuli.dataframe.internal.physical.EdgeRows;
import io.lazuli.dataframe.internal.physical.FirstRows;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.physical.SummarizeRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapOverlap;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.List;

/// The layers of what depends on where rows stand among all: partitions say what they have, one task folds this in order, and each
/// partition goes on from what is carried into it.
///
/// ```
///   limit of scan    head of partition 0 ──▶ enough, or heads of the next ones ──▶ ...
///   limit            head ──▶ head (1) > ...
///   slice            rows ──▶ summarize ──▶ carry (1) ──broadcast──▶ slice of rows > ...
///   ordered          rows ──▶ summarize ──▶ carry (1) ──broadcast──▶ ordered rows > ...
///                    rows ──▶ edges ──broadcast──▶
///   map overlap      rows ──▶ edges ──broadcast──▶ map of rows > ...
///   repartition      rows ──▶ summarize ──▶ carry (1) ──broadcast──▶ cut rows ══exchange══▶ ...
/// ```
final class PositionLowering {
    /// What tells where the rows of a partition start among all.
    private static final List<OrderedCall> ROW_STARTS =
            List.of(new OrderedCall(OrderedCall.Function.ROW_INDEX, -1, DataType.LONG, 0));

    private PositionLowering() {}

    /// A limit of many rows leaves them where they are instead of putting them into one partition.
    ///
    /// @param input the rows of the node's input
    static OpenPipeline open(Lowering lowering, Limit node, OpenPipeline input) {
        Pipeline.Head head = new Pipeline.Head(node.rowCount());
        OpenPipeline first = input.then(head, input.types());
        if (input.partitionCount() == 1) {
            return first;
        }
        if (node.rowCount() > Lowering.TOP_ROWS) {
            return slice(lowering, lowering.inPlace(first), 0, node.rowCount(), first);
        }
        double rowsEach = Math.max(1, lowering.sizes().expected(node.input()).rowCount() / input.partitionCount());
        int width = (int) Math.min(input.partitionCount(), Math.max(1, Math.ceil(node.rowCount() / rowsEach)));
        boolean readsScan = first.origin() instanceof Pipeline.Scan
                && first.dependencies().stream().allMatch(Broadcast.class::isInstance);
        return readsScan && width <= input.partitionCount() / 2
                ? firstRows(lowering, first, node.rowCount(), width)
                : lowering.inOne(first).then(head, input.types());
    }

    /// A head of a scan, read partition by partition until there are enough rows.
    private static OpenPipeline firstRows(Lowering lowering, OpenPipeline head, long rowCount, int width) {
        FirstRows operation = new FirstRows(
                (Pipeline.Scan) head.origin(), head.steps(), head.types(), rowCount,
                head.dependencies().stream().map(Dependency::on).toList(), List.of(), 0, width);
        Layer rows = lowering.layer(operation, 1, operation.dependencies().toArray(Dependency[]::new));
        lowering.note(rows.token(), "reads %d of %d partitions at first".formatted(width, head.partitionCount()));
        return OpenPipeline.ofBlocks(new OneToOne(rows.token()), 1, head.types());
    }

    /// From the end, no partition needs to keep more rows than are wanted in all.
    static OpenPipeline open(Lowering lowering, Slice node, OpenPipeline input) {
        long offset = node.offset();
        Token rows = offset < 0
                ? lowering.end(input, new Pipeline.LastRows(input.types(), -offset)).token()
                : lowering.inPlace(input);
        return slice(lowering, rows, offset, node.rowCount(), input);
    }

    private static OpenPipeline slice(Lowering lowering, Token rows, long offset, long rowCount, OpenPipeline input) {
        int count = input.partitionCount();
        Layer starts = carries(lowering, rows, ROW_STARTS, count);
        return OpenPipeline.of(
                new Pipeline.Slice(offset, rowCount), List.of(new OneToOne(rows), new Broadcast(starts.token())), count,
                input.types());
    }

    /// Blocks are cut where the new partitions begin.
    static OpenPipeline open(Lowering lowering, Repartition node, OpenPipeline input) {
        Token rows = lowering.inPlace(input);
        Layer starts = carries(lowering, rows, ROW_STARTS, input.partitionCount());
        Layer cuts = lowering.layer(new CutRows(node.partitionCount()), input.partitionCount(), new OneToOne(rows),
                new Broadcast(starts.token()));
        return OpenPipeline.ofBlocks(new Exchange(cuts.token()), node.partitionCount(), input.types());
    }

    /// Nothing is carried into a single partition.
    static OpenPipeline open(Lowering lowering, Ordered node, OpenPipeline input) {
        int count = input.partitionCount();
        Token rows = lowering.inPlace(input);
        List<Dependency> dependencies = new ArrayList<>(List.of(new OneToOne(rows)));
        List<OrderedCall> carried = OrderedCall.carried(node.calls());
        if (count > 1 && !carried.isEmpty()) {
            dependencies.add(new Broadcast(carries(lowering, rows, carried, count).token()));
        }
        for (boolean before : new boolean[] {true, false}) {
            long reach = OrderedCall.edgeRows(node.calls(), before);
            if (count > 1 && reach > 0) {
                EdgeRows edges = new EdgeRows(OrderedCall.edgeInputs(node.calls(), before), reach, before);
                dependencies.add(edges(lowering, rows, edges, count));
            }
        }
        return OpenPipeline.of(
                new Pipeline.Ordered(node.calls(), count == 1), dependencies, count, node.schema().types());
    }

    /// There is nothing around a single partition.
    static OpenPipeline open(Lowering lowering, MapOverlap node, OpenPipeline input) {
        int count = input.partitionCount();
        Token rows = lowering.inPlace(input);
        List<Integer> all = OpenPipeline.allOf(input.types());
        List<Dependency> dependencies = new ArrayList<>(List.of(new OneToOne(rows)));
        int before = count > 1 ? node.before() : 0;
        int after = count > 1 ? node.after() : 0;
        if (before > 0) {
            dependencies.add(edges(lowering, rows, new EdgeRows(all, before, true), count));
        }
        if (after > 0) {
            dependencies.add(edges(lowering, rows, new EdgeRows(all, after, false), count));
        }
        return OpenPipeline.of(
                new Pipeline.MapPartition(node.function(), before, after), dependencies, count, node.schema().types());
    }

    /// One edge of each partition of `rows`, for all partitions, since those between may be shorter than what is reached over.
    private static Dependency edges(Lowering lowering, Token rows, EdgeRows edges, int partitionCount) {
        return new Broadcast(lowering.layer(edges, partitionCount, new OneToOne(rows)).token());
    }

    /// What comes into each partition of `rows` from the others.
    private static Layer carries(Lowering lowering, Token rows, List<OrderedCall> calls, int partitionCount) {
        Layer summaries = lowering.layer(new SummarizeRows(calls), partitionCount, new OneToOne(rows));
        return lowering.layer(new CarryRows(calls), 1, new Broadcast(summaries.token()));
    }
}

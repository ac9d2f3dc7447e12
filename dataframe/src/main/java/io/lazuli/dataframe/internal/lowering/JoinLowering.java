package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.Pipeline.Matching;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The layers of a join, in the form that [JoinStrategy] chooses. Below, the right side is the one that is built; if that is the
/// left one of the plan, a projection puts the columns back in order.
///
/// ```
///   table        right > build ──broadcast──▶ left > join > ...
///   slices       left > partition, right > partition ══exchange══▶ join > ...
///   all pairs    left ──▶, right ──broadcast──▶ join > ...
/// ```
final class JoinLowering {
    private final Lowering lowering;
    private final Matching matching;
    private final OpenPipeline left;
    private final OpenPipeline right;
    /// Of the columns that leave the join.
    private final List<DataType> types;

    private JoinLowering(Lowering lowering, Matching matching, OpenPipeline left, OpenPipeline right) {
        this.lowering = lowering;
        this.matching = matching;
        this.left = left;
        this.right = right;
        this.types = new ArrayList<>();
        matching.leftColumns().forEach(column -> types.add(left.types().get(column)));
        matching.rightColumns().forEach(column -> types.add(right.types().get(column)));
    }

    /// The rows of `node`, whose sides are `left` and `right`.
    static OpenPipeline open(Lowering lowering, Join node, OpenPipeline left, OpenPipeline right) {
        JoinStrategy strategy = JoinStrategy.choose(
                node.kind(), !node.leftKeys().isEmpty(), Estimates.of(node.left()), Estimates.of(node.right()));
        Matching matching = new Matching(
                node.kind(), node.leftKeys(), node.rightKeys(), node.leftColumns(), node.rightColumns());
        if (!strategy.buildsLeft()) {
            return new JoinLowering(lowering, matching, left, right).open(strategy.form());
        }
        OpenPipeline swapped = new JoinLowering(lowering, matching.swapped(), right, left).open(strategy.form());
        return inOrder(node, swapped);
    }

    /// Puts the left columns, which come last, first.
    private static OpenPipeline inOrder(Join node, OpenPipeline swapped) {
        List<DataType> types = node.schema().types();
        int rightCount = node.rightColumns().size();
        if (rightCount == 0 || rightCount == types.size()) {
            return swapped;
        }
        List<BoundExpr> columns = IntStream.range(0, types.size())
                .<BoundExpr>mapToObj(c -> new BoundExpr.Input((c + rightCount) % types.size(), types.get(c)))
                .toList();
        return swapped.then(new Pipeline.Project(columns), types);
    }

    private OpenPipeline open(JoinStrategy.Form form) {
        return switch (form) {
            case TABLE -> table();
            case SLICES -> slices();
            case ALL_PAIRS -> joined(
                    new OneToOne(lowering.collected(left).token()), new Broadcast(lowering.collected(right).token()),
                    left.partitionCount());
        };
    }

    private OpenPipeline table() {
        Layer table = lowering.end(
                lowering.inOne(right), new Pipeline.BuildTable(right.types(), matching.rightKeys()));
        Pipeline.Probe probe = new Pipeline.Probe(left.dependencies().size(), matching);
        return left.then(probe, types, new Broadcast(table.token()));
    }

    private OpenPipeline slices() {
        int count = Lowering.sliceCount(Math.max(left.partitionCount(), right.partitionCount()));
        return joined(slices(left, matching.leftKeys(), count), slices(right, matching.rightKeys(), count), count);
    }

    private Dependency slices(OpenPipeline side, List<Integer> keys, int count) {
        return count == 1
                ? new Broadcast(lowering.collected(side).token())
                : new Exchange(lowering.end(side, new Pipeline.HashSlices(side.types(), keys, count)).token());
    }

    private OpenPipeline joined(Dependency leftRows, Dependency rightRows, int partitionCount) {
        return OpenPipeline.of(
                new Pipeline.JoinedSlices(0, 1, left.types(), matching), List.of(leftRows, rightRows), partitionCount,
                types);
    }
}

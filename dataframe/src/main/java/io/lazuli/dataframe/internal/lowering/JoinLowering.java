package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.Pipeline.Matching;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Schema leftSchema;
    private final Schema rightSchema;
    /// Of the columns that leave the join.
    private final List<DataType> types;

    private JoinLowering(
            Lowering lowering, Matching matching, OpenPipeline left, Schema leftSchema, OpenPipeline right,
            Schema rightSchema) {
        this.lowering = lowering;
        this.matching = matching;
        this.left = left;
        this.leftSchema = leftSchema;
        this.right = right;
        this.rightSchema = rightSchema;
        this.types = new ArrayList<>();
        matching.leftColumns().forEach(column -> types.add(left.types().get(column)));
        matching.rightColumns().forEach(column -> types.add(right.types().get(column)));
    }

    /// The rows of `node`, whose sides are `left` and `right`.
    static OpenPipeline open(Lowering lowering, Join node, OpenPipeline left, OpenPipeline right) {
        // no guess may put a side into one table, for a table that does not fit into memory is an error
        JoinStrategy strategy = JoinStrategy.choose(
                node.kind(), !node.leftKeys().isEmpty(), Estimates.most(node.left()), Estimates.most(node.right()));
        Matching matching = new Matching(
                node.kind(), node.leftKeys(), node.rightKeys(), node.leftColumns(), node.rightColumns());
        if (!strategy.buildsLeft()) {
            return new JoinLowering(lowering, matching, left, node.left().schema(), right, node.right().schema())
                    .open(strategy.form());
        }
        OpenPipeline swapped = new JoinLowering(
                lowering, matching.swapped(), right, node.right().schema(), left, node.left().schema())
                .open(strategy.form());
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
        JoinSlices sides = JoinSlices.of(
                left, matching.leftKeys(), right, matching.rightKeys(),
                Lowering.sliceCount(Math.max(left.partitionCount(), right.partitionCount())));
        Dependency leftRows = sides.movesLeft()
                ? moved(left, sides.leftKeys(), sides.count())
                : inPlace(left, leftSchema, sides.leftKeys());
        Dependency rightRows = sides.movesRight()
                ? moved(right, sides.rightKeys(), sides.count())
                : inPlace(right, rightSchema, sides.rightKeys());
        OpenPipeline rows = joined(leftRows, rightRows, sides.count());
        return partitioning(sides).map(known -> rows.hashedBy(known.columns())).orElse(rows);
    }

    /// Where the joined rows are: with those of a side of which none is made of nulls.
    private Optional<Partitioning> partitioning(JoinSlices sides) {
        return switch (matching.kind()) {
            case INNER -> new Partitioning(IntStream.range(0, sides.leftKeys().size()).boxed().toList()).moved(key -> {
                int position = matching.leftColumns().indexOf(sides.leftKeys().get(key));
                return position >= 0 ? position : rightPosition(sides.rightKeys().get(key));
            });
            case LEFT, SEMI, ANTI -> new Partitioning(sides.leftKeys()).moved(matching.leftColumns()::indexOf);
            case RIGHT, RIGHT_SEMI, RIGHT_ANTI -> new Partitioning(sides.rightKeys()).moved(this::rightPosition);
            case FULL -> Optional.empty();
        };
    }

    private int rightPosition(int column) {
        int position = matching.rightColumns().indexOf(column);
        return position < 0 ? position : matching.leftColumns().size() + position;
    }

    private Dependency moved(OpenPipeline side, List<Integer> keys, int count) {
        return count == 1
                ? new Broadcast(lowering.collected(side).token())
                : new Exchange(lowering.end(side, new Pipeline.HashSlices(side.types(), keys, count)).token());
    }

    /// The rows of a side that are where they belong already.
    private Dependency inPlace(OpenPipeline side, Schema schema, List<Integer> keys) {
        Layer rows = lowering.collected(side);
        lowering.note(rows, schema, keys);
        return new OneToOne(rows.token());
    }

    private OpenPipeline joined(Dependency leftRows, Dependency rightRows, int partitionCount) {
        return OpenPipeline.of(
                new Pipeline.JoinedSlices(0, 1, left.types(), matching), List.of(leftRows, rightRows), partitionCount,
                types);
    }
}

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
import io.lazuli.graph.ProgressText;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The layers of a join, in the form that [JoinStrategy] chooses. Below, the right side is the one that is built; if that is the
/// left one of the plan, a projection puts the columns back in order.
///
/// ```
///   table        right > build ──broadcast──▶ left > join > ...
///   slices       left > partition, right > partition ══exchange══▶ join > ...
///   by size      right > partition, measured: kept ──broadcast──▶ build, or ══exchange══▶ join, as above
///   all pairs    left ──▶, right ──broadcast──▶ join > ...
/// ```
final class JoinLowering {
    private final Lowering lowering;
    private final Matching matching;
    private final JoinSide left;
    private final JoinSide right;
    /// Of the columns that leave the join.
    private final List<DataType> types;

    private JoinLowering(Lowering lowering, Matching matching, JoinSide left, JoinSide right) {
        this.lowering = lowering;
        this.matching = matching;
        this.left = left;
        this.right = right;
        this.types = new ArrayList<>();
        matching.leftColumns().forEach(column -> types.add(left.rows().types().get(column)));
        matching.rightColumns().forEach(column -> types.add(right.rows().types().get(column)));
    }

    /// The rows of `node`, whose sides are `left` and `right`. Where no side is small for certain, one that may be is asked for
    /// first, and the join goes on by its size.
    static OpenPipeline open(Lowering lowering, Join node, OpenPipeline left, OpenPipeline right) {
        JoinSlices slices = JoinSlices.of(
                left, node.leftKeys(), right, node.rightKeys(),
                Lowering.sliceCount(Math.max(left.partitionCount(), right.partitionCount())));
        JoinSide leftSide = new JoinSide(
                left, node.left(), slices.movesLeft() ? slices.leftKeys() : List.of(), slices.count());
        JoinSide rightSide = new JoinSide(
                right, node.right(), slices.movesRight() ? slices.rightKeys() : List.of(), slices.count());
        JoinStrategy strategy = strategy(lowering, node, leftSide, rightSide);
        if (strategy.form() != JoinStrategy.Form.TABLE) {
            ask(lowering, node, leftSide, rightSide);
        }
        Matching matching = new Matching(
                node.kind(), node.leftKeys(), node.rightKeys(), node.leftColumns(), node.rightColumns());
        if (!strategy.buildsLeft()) {
            return new JoinLowering(lowering, matching, leftSide, rightSide).open(strategy.form(), slices);
        }
        OpenPipeline swapped = new JoinLowering(lowering, matching.swapped(), rightSide, leftSide)
                .open(strategy.form(), slices.swapped());
        return inOrder(node, swapped);
    }

    /// No guess may put a side into one table, for a table that does not fit into memory is an error; which side the tables of
    /// slices are made of is a matter of speed alone.
    private static JoinStrategy strategy(Lowering lowering, Join node, JoinSide left, JoinSide right) {
        JoinStrategy certain = JoinStrategy.choose(
                node.kind(), !node.leftKeys().isEmpty(), left.most(lowering), right.most(lowering),
                lowering.sizes().sizing().tableBytes());
        return certain.form() == JoinStrategy.Form.TABLE
                ? certain
                : new JoinStrategy(
                        certain.form(), left.expected(lowering).byteSize() < right.expected(lowering).byteSize());
    }

    private static void ask(Lowering lowering, Join node, JoinSide left, JoinSide right) {
        Stream
                .concat(
                        JoinStrategy.canShareLeft(node.kind()) ? Stream.of(left) : Stream.empty(),
                        JoinStrategy.canShareRight(node.kind()) ? Stream.of(right) : Stream.empty())
                .filter(side -> side.isDoubtful(lowering))
                .min(Comparator.comparingDouble(side -> side.expected(lowering).byteSize()))
                .ifPresent(side -> side.ask(lowering));
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

    private OpenPipeline open(JoinStrategy.Form form, JoinSlices slices) {
        return switch (form) {
            case TABLE -> table();
            case SLICES -> slices(slices);
            case ALL_PAIRS -> joined(
                    new OneToOne(lowering.inPlace(left.kept(lowering))),
                    new Broadcast(lowering.inPlace(right.kept(lowering))), left.rows().partitionCount());
        };
    }

    private OpenPipeline table() {
        OpenPipeline rows = left.kept(lowering);
        OpenPipeline shared = right.kept(lowering);
        Layer table = lowering.end(
                lowering.inOne(shared), new Pipeline.BuildTable(shared.types(), matching.rightKeys()));
        size(right).ifPresent(size -> note(table, "shared by all tasks: its side", size));
        Pipeline.Probe probe = new Pipeline.Probe(rows.dependencies().size(), matching);
        return rows.then(probe, types, new Broadcast(table.token()));
    }

    private OpenPipeline slices(JoinSlices slices) {
        int count = slices.movesLeft() && slices.movesRight() ? sliceCount(slices.count()) : slices.count();
        noteIfLarge(left);
        noteIfLarge(right);
        Dependency leftRows = slices.movesLeft() ? moved(left, count) : inPlace(left, slices.leftKeys());
        Dependency rightRows = slices.movesRight() ? moved(right, count) : inPlace(right, slices.rightKeys());
        OpenPipeline rows = joined(leftRows, rightRows, count);
        return partitioning(slices).map(known -> rows.hashedBy(known.columns())).orElse(rows);
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

    /// What was measured of a side.
    private Optional<Estimates.Size> size(JoinSide side) {
        return lowering.sizes().of(side.layer(lowering));
    }

    private void noteIfLarge(JoinSide side) {
        size(side).filter(size -> size.byteSize() > tableBytes())
                .ifPresent(size -> note(side.layer(lowering), "too large to be shared: it", size));
    }

    private void note(Layer layer, String what, Estimates.Size size) {
        lowering.note(layer.token(), "%s has %s, at most %s are".formatted(
                what, ProgressText.bytes(Math.round(size.byteSize())), ProgressText.bytes(tableBytes())));
    }

    private long tableBytes() {
        return lowering.sizes().sizing().tableBytes();
    }

    /// As many of `most` as the sides are worth, if the size of one is known.
    private int sliceCount(int most) {
        double bytes = left.most(lowering).byteSize() + right.most(lowering).byteSize();
        return size(left).isPresent() || size(right).isPresent()
                ? lowering.sizes().sizing().sliceCount(bytes, most)
                : most;
    }

    /// The rows of a side in `count` slices: those that are kept cut again, or rows that were not run yet.
    private Dependency moved(JoinSide side, int count) {
        Layer layer = side.layer(lowering);
        if (lowering.sizes().isKnown(layer)) {
            return lowering.slices(layer, side.count(), count);
        }
        return count == 1
                ? new Broadcast(lowering.inPlace(side.rows()))
                : new Exchange(
                        lowering.end(
                                side.rows(), new Pipeline.HashSlices(side.rows().types(), side.keys(), count)).token());
    }

    /// The rows of a side that are where they belong already.
    private Dependency inPlace(JoinSide side, List<Integer> keys) {
        Token rows = lowering.inPlace(side.rows());
        lowering.note(rows, side.node().schema(), keys);
        return new OneToOne(rows);
    }

    private OpenPipeline joined(Dependency leftRows, Dependency rightRows, int partitionCount) {
        return OpenPipeline.of(
                new Pipeline.JoinedSlices(0, 1, left.rows().types(), matching), List.of(leftRows, rightRows),
                partitionCount,
                types);
    }
}

package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.expression.BoundExpr;
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
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Unpivot;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// How big results will be. Known at the leaves, and where parts of the plan were measured; above them guesses from the form of the
/// plan and the bounds of columns ([Selectivity], [ColumnRanges]), which err on the high side.
public final class Estimates {
    /// Groups a row.
    private static final double PARTITION_BYTES = 64 << 20;
    private static final double GROUPS = 0.1;
    /// A view, and some longer texts.
    private static final long TEXT_WIDTH = 24;

    private final Measurements known;
    /// Whether filters keep every row and every row is a group of its own.
    private final boolean isMost;

    private Estimates(Measurements known, boolean isMost) {
        this.known = known;
        this.isMost = isMost;
    }

    public record Size(double rowCount, double byteSize) {
        private double rowWidth() {
            return rowCount == 0 ? 0 : byteSize / rowCount;
        }

        private Size withRowCount(double rows) {
            return new Size(rows, rows * rowWidth());
        }
    }

    /// What a plan is thought to have before anything runs.
    public static Size of(LogicalPlan plan) {
        return expected(Measurements.NONE).size(plan);
    }

    static Estimates expected(Measurements known) {
        return new Estimates(known, false);
    }

    /// As [#expected], but filters keep every row and every row is a group of its own: what is small by this is small. Only a join
    /// may still have more rows, where keys of both sides repeat.
    static Estimates most(Measurements known) {
        return new Estimates(known, true);
    }

    /// Whether the size is as certain as that of the files: whether all rows of these arrive, as many as they are.
    static boolean isCertain(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan.predicate().isEmpty();
            case Held ignored -> true;
            case Given ignored -> false;
            case Filter ignored -> false;
            case Aggregate aggregate -> aggregate.keys().isEmpty();
            case Join ignored -> false;
            case TopRows ignored -> false;
            case Limit ignored -> false;
            case Slice ignored -> false;
            case MapRows ignored -> false;
            case MapPartitions ignored -> false;
            case MapOverlap map -> isCertain(map.input());
            case Project(var input, var ignored) -> isCertain(input);
            case Sort(var input, var ignored) -> isCertain(input);
            case Repartition(var input, var ignored) -> isCertain(input);
            case RandomKeys keys -> isCertain(keys.input());
            case Ordered ordered -> isCertain(ordered.input());
            case Unpivot unpivot -> isCertain(unpivot.input());
            case Concat concat -> concat.inputs().stream().allMatch(Estimates::isCertain);
        };
    }

    Size size(LogicalPlan plan) {
        return known.of(plan).orElseGet(() -> guess(plan));
    }

    private Size guess(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> ofScan(scan, isMost ? Optional.empty() : scan.predicate());
            case Held held -> ofHeld(held);
            case Given given -> ofGiven(given);
            case Filter filter -> isMost ? size(filter.input()) : ofFilter(filter);
            case Project project -> ofTypes(size(project.input()).rowCount(), project.schema().types());
            case Aggregate aggregate -> {
                double rows = size(aggregate.input()).rowCount() * (isMost ? 1 : GROUPS);
                double groups = aggregate.keys().isEmpty()
                        ? 1
                        : Math.min(rows, ColumnRanges.groups(aggregate.input(), aggregate.keys()));
                yield ofTypes(groups, aggregate.schema().types());
            }
            case Join join -> ofTypes(ofJoin(join), join.schema().types());
            case Sort(var input, var ignored) -> size(input);
            case TopRows top -> {
                Size size = size(top.input());
                yield size.withRowCount(size.rowCount() * (isMost ? 1 : Math.min(1, GROUPS * top.rowCount())));
            }
            case Limit(var input, long rowCount) -> {
                Size size = size(input);
                yield size.withRowCount(Math.min(size.rowCount(), rowCount));
            }
            case Slice slice -> {
                Size size = size(slice.input());
                yield size.withRowCount(Math.min(size.rowCount(), slice.rowCount()));
            }
            case Repartition(var input, var ignored) -> size(input);
            case RandomKeys keys -> ofTypes(size(keys.input()).rowCount(), keys.schema().types());
            case Ordered ordered -> ofTypes(size(ordered.input()).rowCount(), ordered.schema().types());
            case MapRows map -> ofTypes(size(map.input()).rowCount(), map.schema().types());
            case MapPartitions map -> ofTypes(size(map.input()).rowCount(), map.schema().types());
            case MapOverlap map -> ofTypes(size(map.input()).rowCount(), map.schema().types());
            case Unpivot unpivot -> ofTypes(
                    size(unpivot.input()).rowCount() * unpivot.groups().size(), unpivot.schema().types());
            case Concat concat -> ofTypes(
                    concat.inputs().stream().mapToDouble(input -> size(input).rowCount()).sum(),
                    concat.schema().types());
        };
    }

    private double ofJoin(Join join) {
        double left = size(join.left()).rowCount();
        double right = size(join.right()).rowCount();
        return switch (join.kind()) {
            case INNER -> join.leftKeys().isEmpty() ? left * right : Math.max(left, right);
            case LEFT, RIGHT -> Math.max(left, right);
            case FULL -> left + right;
            case SEMI, ANTI -> left;
            case RIGHT_SEMI, RIGHT_ANTI -> right;
        };
    }

    /// A source may know better than any guess what its statistics rule out.
    private Size ofFilter(Filter filter) {
        double kept = Selectivity.of(filter.predicate(), filter.input());
        Size input = size(filter.input());
        if (filter.input() instanceof Scan scan && scan.predicate().isPresent()) {
            double all = ofScan(scan, Optional.empty()).rowCount();
            return input.withRowCount(Math.min(input.rowCount(), all * kept));
        }
        return input.withRowCount(input.rowCount() * kept);
    }

    private static Size ofScan(Scan scan, Optional<BoundExpr> predicate) {
        Source.Estimate estimate = scan.source().estimate(new ScanRequest(scan.columns(), predicate));
        return new Size(estimate.rowCount(), estimate.decodedBytes());
    }

    private static Size ofHeld(Held held) {
        long rowCount = held.result().persisted().rowCounts().stream().mapToLong(Long::longValue).sum();
        double all = ofTypes(rowCount, held.result().schema().types()).byteSize();
        double share = all == 0 ? 0 : ofTypes(rowCount, held.schema().types()).byteSize() / all;
        return new Size(rowCount, held.result().persisted().byteSize() * share);
    }

    /// As if partitions were as large as those of files.
    private static Size ofGiven(Given given) {
        double rowBytes = Math.max(1, ofTypes(1, given.all().types()).byteSize());
        return ofTypes(given.rows().partitionCount() * PARTITION_BYTES / rowBytes, given.schema().types());
    }

    private static Size ofTypes(double rowCount, List<DataType> types) {
        return new Size(rowCount, rowCount * types.stream().mapToLong(Estimates::width).sum());
    }

    private static long width(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOL -> 1;
            case DataType.Simple.INT, DataType.Simple.DATE -> 4;
            case DataType.Simple.LONG, DataType.Simple.FLOAT64, DataType.Simple.TIMESTAMP, DataType.Simple.DURATION ->
                8;
            case DataType.Decimal ignored -> 8;
            case DataType.Simple.UTF8, DataType.Simple.BINARY -> TEXT_WIDTH;
        };
    }
}

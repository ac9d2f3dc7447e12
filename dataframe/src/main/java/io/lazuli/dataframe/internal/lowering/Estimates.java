package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// How big results will be, guessed before anything runs. Known at the leaves; above them, guesses that err on the high side,
/// because what is taken for small is copied to every task.
final class Estimates {
    /// A filter may keep everything, yet is rarely written for that.
    private static final double FILTER_KEEPS = 0.25;
    /// Groups a row.
    private static final double GROUPS = 0.1;
    /// A view, and some longer texts.
    private static final long TEXT_WIDTH = 24;

    private Estimates() {}

    record Size(double rowCount, double byteSize) {
        private double rowWidth() {
            return rowCount == 0 ? 0 : byteSize / rowCount;
        }

        private Size withRowCount(double rows) {
            return new Size(rows, rows * rowWidth());
        }
    }

    static Size of(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> ofScan(scan);
            case Held held -> ofHeld(held);
            case Filter(var input, var ignored) -> {
                Size size = of(input);
                yield size.withRowCount(size.rowCount() * FILTER_KEEPS);
            }
            case Project project -> ofTypes(of(project.input()).rowCount(), project.schema().types());
            case Aggregate aggregate -> {
                double groups = aggregate.keys().isEmpty() ? 1 : of(aggregate.input()).rowCount() * GROUPS;
                yield ofTypes(groups, aggregate.schema().types());
            }
            case Join join ->
                ofTypes(Math.max(of(join.left()).rowCount(), of(join.right()).rowCount()), join.schema().types());
            case Sort(var input, var ignored) -> of(input);
            case Limit(var input, long rowCount) -> {
                Size size = of(input);
                yield size.withRowCount(Math.min(size.rowCount(), rowCount));
            }
        };
    }

    /// The hint is left to the filter above, which counts it.
    private static Size ofScan(Scan scan) {
        Source.Estimate estimate = scan.source().estimate(new ScanRequest(scan.columns(), Optional.empty()));
        return new Size(estimate.rowCount(), estimate.decodedBytes());
    }

    private static Size ofHeld(Held held) {
        long rowCount = held.result().persisted().rowCounts().stream().mapToLong(Long::longValue).sum();
        double all = ofTypes(rowCount, held.result().schema().types()).byteSize();
        double share = all == 0 ? 0 : ofTypes(rowCount, held.schema().types()).byteSize() / all;
        return new Size(rowCount, held.result().persisted().byteSize() * share);
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

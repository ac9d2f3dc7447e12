package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.CutRun;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.physical.SortBounds;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Layer;
import java.util.List;

/// The layers of a sort: each partition becomes a sorted run, runs are cut at common bounds, and each range merged.
///
/// ```
///   sort              run ──▶ bounds (1) ──▶ cut ══exchange══▶ merge runs > ...
///   sort and limit    run of the first n ──▶ merge runs (1) > head > ...
/// ```
final class SortLowering {
    private SortLowering() {}

    /// @param input the rows of the node's input
    static OpenPipeline open(Lowering lowering, Sort node, OpenPipeline input) {
        SortOrder order = node.order();
        Layer runs = lowering.end(input, new Pipeline.SortedRun(input.types(), order, -1));
        int count = input.partitionCount();
        if (count == 1) {
            return OpenPipeline.ofBlocks(new OneToOne(runs.token()), 1, input.types());
        }
        int ranges = lowering.sizes().rangeCount(runs, node);
        if (ranges == 1) {
            return OpenPipeline.of(
                    new Pipeline.MergedRuns(0, order), List.of(new Broadcast(runs.token())), 1, input.types());
        }
        Layer bounds = lowering.layer(new SortBounds(order, ranges), 1, new Broadcast(runs.token()));
        Layer cuts = lowering.layer(new CutRun(order, ranges), count, new OneToOne(runs.token()),
                new Broadcast(bounds.token()));
        return OpenPipeline.of(
                new Pipeline.MergedRuns(0, order), List.of(new Exchange(cuts.token())), ranges, input.types());
    }

    /// The first `rowCount` rows in this order.
    static OpenPipeline first(Lowering lowering, OpenPipeline input, SortOrder order, long rowCount) {
        Layer runs = lowering.end(input, new Pipeline.SortedRun(input.types(), order, rowCount));
        if (input.partitionCount() == 1) {
            return OpenPipeline.ofBlocks(new OneToOne(runs.token()), 1, input.types());
        }
        return OpenPipeline
                .of(new Pipeline.MergedRuns(0, order), List.of(new Broadcast(runs.token())), 1, input.types())
                .then(new Pipeline.Head(rowCount), input.types());
    }
}

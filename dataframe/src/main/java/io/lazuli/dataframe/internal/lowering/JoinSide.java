package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Layer;
import java.util.List;

/// One side of a join, and the layer in which its rows would wait for the other side: cut by key hash, or as they are. That layer
/// can be read slice by slice or whole, so it may be run before anybody knows how the join goes on.
///
/// @param node  of the plan, whose rows these are
/// @param keys  by whose hash the rows are cut; empty if they stay where they are
/// @param count of slices
record JoinSide(OpenPipeline rows, LogicalPlan node, List<Integer> keys, int count) {
    JoinSide {
        keys = List.copyOf(keys);
    }

    Layer layer(Lowering lowering) {
        return keys.isEmpty() || count == 1
                ? lowering.collected(rows)
                : lowering.end(rows, new Pipeline.HashSlices(rows.types(), keys, count));
    }

    /// True if the side may turn out to be so small that it can be a shared table.
    boolean isDoubtful(Lowering lowering) {
        return !Estimates.isCertain(node) && !lowering.sizes().isKnown(layer(lowering));
    }

    /// Has the side measured before it is decided how to join.
    void ask(Lowering lowering) {
        Layer layer = layer(lowering);
        lowering.note(layer.token(), "runs first, its size decides how to join");
        lowering.sizes().ask(layer, node);
    }

    Estimates.Size expected(Lowering lowering) {
        return lowering.sizes().of(layer(lowering)).orElseGet(() -> lowering.sizes().expected(node));
    }

    /// A size that it hardly exceeds.
    Estimates.Size most(Lowering lowering) {
        return lowering.sizes().of(layer(lowering)).orElseGet(() -> lowering.sizes().most(node));
    }

    /// The rows from where they are kept, if they are.
    OpenPipeline kept(Lowering lowering) {
        Layer layer = layer(lowering);
        if (!lowering.sizes().isKnown(layer)) {
            return rows;
        }
        OpenPipeline blocks =
                OpenPipeline.ofBlocks(new OneToOne(layer.token()), layer.partitionCount(), rows.types());
        return rows.partitioning().map(known -> blocks.hashedBy(known.columns())).orElse(blocks);
    }
}

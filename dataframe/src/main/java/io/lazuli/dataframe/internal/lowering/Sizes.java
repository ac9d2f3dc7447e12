package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.graph.Layer;
import java.util.Optional;

/// What one lowering of a plan knows of sizes: measured ones, guesses, and which one it would rather have measured. Where a size that it
/// asks for is not there, it goes on by guesses.
final class Sizes {
    private final Measurements known;
    private final Estimates expected;
    private final Estimates most;
    /// The first that was asked for, which stands below the others.
    private Optional<Asked> asked = Optional.empty();

    private record Asked(Layer layer, LogicalPlan node) {}

    Sizes(Measurements known) {
        this.known = known;
        this.expected = Estimates.expected(known);
        this.most = Estimates.most(known);
    }

    Sizing sizing() {
        return known.sizing();
    }

    Estimates.Size expected(LogicalPlan node) {
        return expected.size(node);
    }

    /// A size that a node hardly exceeds, see [Estimates].
    Estimates.Size most(LogicalPlan node) {
        return most.size(node);
    }

    /// The size of a layer's result, if it was measured.
    Optional<Estimates.Size> of(Layer layer) {
        return known.of(layer);
    }

    boolean isKnown(Layer layer) {
        return of(layer).isPresent();
    }

    /// Asks for the size of a layer that has the rows of `node`, or at most as many as it has.
    void ask(Layer layer, LogicalPlan node) {
        if (asked.isEmpty()) {
            asked = Optional.of(new Asked(layer, node));
        }
    }

    /// What should be measured first.
    Optional<Measurements.Question> question(LayerSet layers) {
        return asked.map(first -> new Measurements.Question(
                layers.graph(first.layer().token(), known.partitionCounts()), first.node()));
    }

    /// How many tasks take the `slices` of a layer that has the rows of `node` or, in partial form, more.
    int sliceCount(Layer layer, int slices, LogicalPlan node) {
        boolean isOpen = slices > 1 && !isKnown(layer);
        if (isOpen && sizing().isWorthAsking(expected(node).byteSize(), slices)) {
            ask(layer, node);
        }
        return of(layer).map(size -> sizing().sliceCount(size.byteSize(), slices)).orElse(slices);
    }

    /// Into how many ranges the runs of a sort are cut.
    int rangeCount(Layer runs, Sort node) {
        boolean isOpen = !isKnown(runs) && !Estimates.isCertain(node.input());
        if (isOpen && sizing().isWorthAsking(expected(node).byteSize(), runs.partitionCount())) {
            ask(runs, node);
        }
        return of(runs).map(size -> sizing().rangeCount(size.byteSize(), runs.partitionCount()))
                .orElse(Math.min(runs.partitionCount(), Lowering.MOST_RANGES));
    }
}

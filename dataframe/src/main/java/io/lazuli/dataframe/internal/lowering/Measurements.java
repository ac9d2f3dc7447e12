package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.lowering.Estimates.Size;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/// What is known of a plan because parts of it were run: how large the results of these layers are, and that a graph may start
/// from them. Immutable.
///
/// ```
///   lower(plan, NONE)  ──▶ graph by guesses, question: how large is layer 3?
///                              │ run layer 3, keep its result
///   lower(plan, {3})   ──▶ graph from 3 on, question: how large is layer 5?
///                              │ ...
///   lower(plan, {3,5}) ──▶ graph from 3 and 5 on, nothing to ask: run it
/// ```
///
/// Layers are told by their tokens, so it does not matter that each lowering makes them anew; nodes of the plan are told by
/// identity, so it must be the same plan.
public final class Measurements {
    public static final Measurements NONE = new Measurements(Sizing.DEFAULT, Map.of(), Map.of(), Map.of());

    private final Sizing sizing;
    private final Map<Token, Integer> partitionCounts;
    private final Map<Token, Size> layers;
    /// By identity.
    private final Map<LogicalPlan, Size> nodes;

    private Measurements(
            Sizing sizing, Map<Token, Integer> partitionCounts, Map<Token, Size> layers,
            Map<LogicalPlan, Size> nodes) {
        this.sizing = sizing;
        this.partitionCounts = partitionCounts;
        this.layers = layers;
        this.nodes = nodes;
    }

    /// Nothing measured yet, with other ideas of what is small.
    public static Measurements none(Sizing sizing) {
        return new Measurements(sizing, Map.of(), Map.of(), Map.of());
    }

    /// A layer whose result is to be kept and measured before the rest of the plan is lowered.
    ///
    /// @param graph whose output is that layer
    /// @param node  of the plan, which has as many rows, or at most as many
    public record Question(TaskGraph graph, LogicalPlan node) {}

    /// These measurements and the answer to a question.
    public Measurements with(Question question, Persisted result) {
        Map<Token, Integer> newCounts = new HashMap<>(partitionCounts);
        Map<Token, Size> newLayers = new HashMap<>(layers);
        Map<LogicalPlan, Size> newNodes = new IdentityHashMap<>(nodes);
        long rowCount = result.rowCounts().stream().mapToLong(Long::longValue).sum();
        Size size = new Size(rowCount, result.byteSize());
        newCounts.put(result.token(), result.partitionCount());
        newLayers.put(result.token(), size);
        newNodes.put(question.node(), size);
        return new Measurements(sizing, newCounts, newLayers, newNodes);
    }

    Sizing sizing() {
        return sizing;
    }

    Optional<Size> of(Layer layer) {
        return Optional.ofNullable(layers.get(layer.token()));
    }

    Optional<Size> of(LogicalPlan node) {
        return Optional.ofNullable(nodes.get(node));
    }

    /// The partitions of each layer whose result is there.
    Map<Token, Integer> partitionCounts() {
        return partitionCounts;
    }
}

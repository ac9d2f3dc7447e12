package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import java.util.List;
import java.util.Optional;

/// One layer of a job as the core sees it.
///
/// @param layer    what to run; empty if the results are held already
/// @param offset   id of its first task, from the job's first
/// @param held     whose results they are, if they are held already; says nothing of a layer that runs
/// @param rank     order in which layers want to run: lower first
/// @param terms    how to run it
/// @param inputs   its dependencies, in order
/// @param uses     the dependencies of others on it
public record LayerPlan(
        Token token,
        Optional<Layer> layer,
        int partitionCount,
        int offset,
        JobPlan.Held held,
        int rank,
        LayerTerms terms,
        List<Edge> inputs,
        List<Edge> uses) {
    long heldRows() {
        return held.rows();
    }

    public boolean isHeld() {
        return layer.isEmpty();
    }

    /// @param place id of a task, from the job's first
    public boolean has(int place) {
        return place >= offset && place < offset + partitionCount;
    }

    public String label() {
        return layer.map(Layer::label).orElse("held " + token.abbreviation());
    }
}

package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far the layers of a job are. Read by whoever may call the core, between its calls.
public final class CoreProgress {
    /// Of a job of which nothing was ever run.
    static final CoreProgress NONE = new CoreProgress();

    private final Map<Token, LayerState> states = new HashMap<>();

    private CoreProgress() {}

    CoreProgress(JobState job) {
        for (LayerState state : job.layers) {
            states.put(state.plan.token(), state);
        }
    }

    /// Of every layer of the graph, in its order. A layer that nobody needs has no tasks.
    public List<LayerCounts> of(List<Layer> graph) {
        return graph.stream().map(this::of).toList();
    }

    private LayerCounts of(Layer layer) {
        LayerState state = states.get(layer.token());
        if (state == null) {
            return new LayerCounts(layer.label(), 0, 0, 0, 0, 0, 0);
        }
        return new LayerCounts(
                layer.label(), state.plan.partitionCount() - state.skipped, state.leased,
                state.produced - state.skipped,
                state.busyNanos, state.rows, state.bytes);
    }
}

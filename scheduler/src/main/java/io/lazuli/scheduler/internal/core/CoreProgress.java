package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far the layers of a job are. Read by whoever may call the core, between its calls.
public final class CoreProgress {
    private final JobState job;

    CoreProgress(JobState job) {
        this.job = job;
    }

    /// Of every layer of the graph, in its order. A layer that nobody needs has no tasks.
    public List<LayerProgress> of(List<Layer> graph) {
        Map<Token, LayerState> states = new HashMap<>();
        for (LayerState state : job.layers) {
            states.put(state.plan.token(), state);
        }
        return graph.stream()
                .map(layer -> states.containsKey(layer.token()) ? progress(states.get(layer.token())) : none(layer))
                .toList();
    }

    private static LayerProgress none(Layer layer) {
        return new LayerProgress(layer.label(), 0, 0, 0, Duration.ZERO, 0, 0);
    }

    private static LayerProgress progress(LayerState layer) {
        return new LayerProgress(
                layer.plan.label(), layer.plan.partitionCount() - layer.skipped, layer.leased, layer.produced - layer.skipped,
                Duration.ofNanos(layer.busyNanos), layer.rows, layer.bytes);
    }
}

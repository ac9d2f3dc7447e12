package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.JobPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a client keeps in the cluster, by token. Guarded by the engine's lock.
final class KeptLayers {
    private final Map<Token, KeptLayer> layers = new LinkedHashMap<>();

    /// What a graph starts from.
    record Held(Map<Token, KeptLayer> layers) {
        /// Where the scheduler finds it.
        Map<Token, JobPlan.Held> keepers() {
            Map<Token, JobPlan.Held> keepers = new LinkedHashMap<>();
            layers.forEach(
                    (token, layer) -> keepers.put(token, new JobPlan.Held(layer.rowCount(), layer.job().id())));
            return keepers;
        }

        /// What makes it from nothing.
        List<PackedJob> makers() {
            return layers.values().stream().map(layer -> layer.job().fromNothing()).toList();
        }
    }

    /// Errors: USER if the graph starts from what is not kept.
    Held heldBy(TaskGraph graph) {
        Map<Token, KeptLayer> held = new LinkedHashMap<>();
        graph.held().forEach((token, partitionCount) -> {
            KeptLayer layer = layers.get(token);
            if (layer == null) {
                throw Errors.notHeld(token, layers.keySet());
            }
            if (layer.sizes().size() != partitionCount) {
                throw Errors.heldDiffers(token, layer.sizes().size(), partitionCount);
            }
            held.put(token, layer);
        });
        return new Held(held);
    }

    void put(KeptLayer layer) {
        layers.put(layer.token(), layer);
    }

    /// One hold more, if it is kept.
    Optional<KeptLayer> retain(Token token) {
        return Optional.ofNullable(layers.get(token)).map(KeptLayer::retain);
    }

    /// One hold less; true if it was the last.
    boolean release(KeptLayer layer) {
        boolean isLast = layer.release();
        if (isLast) {
            layers.remove(layer.token(), layer);
        }
        return isLast;
    }
}

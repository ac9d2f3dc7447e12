package io.lazuli.scheduler.event;

import io.lazuli.graph.Token;
import java.util.List;
import java.util.Objects;

/// A job as its events tell of it: its layers, and where their tasks are.
///
/// @param id     of the job
/// @param parent id of the job whose task returned this one's graph, or submitted it and may wait for it; [EngineEvent#NONE] if
///               no task did
/// @param name   what people see
/// @param layers those it starts from, then those of its graph in order
public record JobDescription(long id, long parent, String name, int priority, List<LayerDescription> layers) {
    public JobDescription {
        Objects.requireNonNull(name, "name is null");
        layers = List.copyOf(layers);
    }

    /// Tasks of all layers.
    public int taskCount() {
        return layers.stream().mapToInt(LayerDescription::taskCount).sum();
    }

    /// One layer.
    ///
    /// @param firstTask number of its first task, counted from the job's first
    /// @param taskCount zero if nobody needs the layer
    /// @param isHeld    its results existed before the job did
    /// @param inputs    the layers that it reads
    public record LayerDescription(
            Token token, String label, int firstTask, int taskCount, boolean isHeld, List<Input> inputs) {
        public LayerDescription {
            Objects.requireNonNull(token, "token is null");
            Objects.requireNonNull(label, "label is null");
            inputs = List.copyOf(inputs);
        }
    }

    /// What a layer reads.
    ///
    /// @param layer index of the producer in the job's layers
    /// @param fanIn of a tree; zero for other patterns
    public record Input(int layer, Pattern pattern, int fanIn) {
        public Input {
            Objects.requireNonNull(pattern, "pattern is null");
        }
    }

    /// Which partitions of the producer one task reads; see [io.lazuli.graph.Dependency].
    public enum Pattern {
        ONE_TO_ONE,
        BROADCAST,
        EXCHANGE,
        TREE,
        EXPLICIT
    }
}

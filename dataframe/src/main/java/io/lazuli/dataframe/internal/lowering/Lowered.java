package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a plan was lowered to, and how the one is found in the other.
public final class Lowered {
    private final TaskGraph graph;
    /// By identity: the pipeline that gave a node's rows when the node was lowered.
    private final Map<LogicalPlan, OpenPipeline> opened;
    private final Map<Token, String> notes;

    Lowered(TaskGraph graph, Map<LogicalPlan, OpenPipeline> opened, Map<Token, String> notes) {
        this.graph = graph;
        this.opened = opened;
        this.notes = notes;
    }

    public TaskGraph graph() {
        return graph;
    }

    /// Why a layer is as it is, where that is worth a word; by token.
    public Map<Token, String> notes() {
        return notes;
    }

    /// Where the rows of a node pass.
    ///
    /// @param layer index in the graph
    /// @param stage of the layer's pipeline that takes them: the number of a step, or that of steps for the sink
    public record Place(int layer, int stage) {}

    /// Where the rows of a node of the plan pass, if they pass between two stages of a pipeline.
    public Optional<Place> place(LogicalPlan node) {
        OpenPipeline pipeline = opened.get(node);
        return pipeline == null ? Optional.empty() : stage(pipeline).or(() -> producer(pipeline));
    }

    private Optional<Place> stage(OpenPipeline pipeline) {
        List<Layer> layers = graph.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).operation() instanceof Pipeline later
                    && pipeline.begins(later, layers.get(i).dependencies())) {
                return Optional.of(new Place(i, pipeline.steps().size()));
            }
        }
        return Optional.empty();
    }

    /// Of rows that nobody takes on, because they are the blocks of a layer as they are: what went into its sink.
    private Optional<Place> producer(OpenPipeline pipeline) {
        if (!pipeline.steps().isEmpty() || !(pipeline.origin() instanceof Pipeline.Blocks)) {
            return Optional.empty();
        }
        List<Layer> layers = graph.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (pipeline.dependencies().getFirst() instanceof OneToOne(Token on)
                    && layers.get(i).token().equals(on)
                    && layers.get(i).operation() instanceof Pipeline producer) {
                return Optional.of(new Place(i, producer.steps().size()));
            }
        }
        return Optional.empty();
    }

    /// True if a layer's blocks are the rows that its pipeline's sink takes, so that their bytes are those of the rows.
    public boolean keepsRows(int layer) {
        return graph.layers().get(layer).operation() instanceof Pipeline pipeline
                && (pipeline.sink() instanceof Pipeline.Collect
                        || pipeline.sink() instanceof Pipeline.HashSlices
                        || pipeline.sink() instanceof Pipeline.SortedRun(var ignored, var order, long limit)
                                && limit < 0);
    }
}

package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.Layout;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.RowOrders;
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
    private final List<Layer> layers;
    private final Optional<Measurements.Question> question;
    /// By identity: the pipeline that gave a node's rows when the node was lowered.
    private final Map<LogicalPlan, OpenPipeline> opened;
    private final Map<Token, String> notes;

    /// @param layers those of `graph`, and those before it whose results are there already
    Lowered(
            TaskGraph graph, List<Layer> layers, Optional<Measurements.Question> question,
            Map<LogicalPlan, OpenPipeline> opened, Map<Token, String> notes) {
        this.graph = graph;
        this.layers = layers;
        this.question = question;
        this.opened = opened;
        this.notes = notes;
    }

    /// What is left to run. As long as there is a [#question], what would be left if all guesses were right.
    public TaskGraph graph() {
        return graph;
    }

    /// All layers of the plan, those that were run to be measured too.
    public List<Layer> layers() {
        return layers;
    }

    /// What should be measured first.
    public Optional<Measurements.Question> question() {
        return question;
    }

    /// Why a layer is as it is, where that is worth a word; by token.
    public Map<Token, String> notes() {
        return notes;
    }

    /// How the rows of the graph's output lie.
    ///
    /// @param plan that was lowered
    public Layout layout(LogicalPlan plan) {
        return new Layout(
                Optional.ofNullable(opened.get(plan)).flatMap(OpenPipeline::partitioning).map(Partitioning::columns)
                        .orElse(List.of()),
                RowOrders.sortedBy(plan));
    }

    /// Where the rows of a node pass.
    ///
    /// @param stage of the layer's pipeline that takes them: the number of a step, or that of steps for the sink
    public record Place(Layer layer, int stage) {}

    /// Where the rows of a node of the plan pass, if they pass between two stages of a pipeline.
    public Optional<Place> place(LogicalPlan node) {
        OpenPipeline pipeline = opened.get(node);
        return pipeline == null ? Optional.empty() : stage(pipeline).or(() -> producer(pipeline));
    }

    private Optional<Place> stage(OpenPipeline pipeline) {
        return layers.stream()
                .filter(layer -> layer.operation() instanceof Pipeline later
                        && pipeline.begins(later, layer.dependencies()))
                .findFirst()
                .map(layer -> new Place(layer, pipeline.steps().size()));
    }

    /// Of rows that nobody takes on, because they are the blocks of a layer as they are: what went into its sink.
    private Optional<Place> producer(OpenPipeline pipeline) {
        if (!pipeline.steps().isEmpty() || !(pipeline.origin() instanceof Pipeline.Blocks)) {
            return Optional.empty();
        }
        return layers.stream()
                .filter(layer -> pipeline.dependencies().getFirst() instanceof OneToOne(Token on)
                        && layer.token().equals(on))
                .filter(layer -> layer.operation() instanceof Pipeline)
                .findFirst()
                .map(layer -> new Place(layer, ((Pipeline) layer.operation()).steps().size()));
    }

    /// True if a layer's blocks are the rows that its pipeline's sink takes, so that their bytes are those of the rows.
    public static boolean keepsRows(Layer layer) {
        return layer.operation() instanceof Pipeline pipeline
                && (pipeline.sink() instanceof Pipeline.Collect
                        || pipeline.sink() instanceof Pipeline.HashSlices
                        || pipeline.sink() instanceof Pipeline.SortedRun(var ignored, var order, long limit)
                                && limit < 0);
    }
}

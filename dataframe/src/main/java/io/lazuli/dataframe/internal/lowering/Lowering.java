package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.JoinCuts;
import io.lazuli.dataframe.internal.physical.Pipeline.Blocks;
import io.lazuli.dataframe.internal.physical.Pipeline.Sink;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Given;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapOverlap;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapPartitions;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Unpivot;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns a logical plan into layers. Nodes that look at one row at a time become steps of one pipeline; a node that needs many
/// rows together ends a layer and begins another.
///
/// ```
///   scan, held, given   origin > ...
///   filter, project, random keys, map rows, unpivot    ... > step > ...
///   map partitions   rows ──▶ map > ...
///   the others       see GroupLowering, JoinLowering, SortLowering, PositionLowering, ConcatLowering
/// ```
///
/// Equal parts of the plan give layers with equal tokens, which are kept once.
public final class Lowering {
    /// Slices that one exchange has at most.
    static final int MOST_SLICES = 64;
    /// Ranges that a sort has at most: as many as partitions, so that one is about as large as the other.
    static final int MOST_RANGES = 1024;
    /// Rows that one task may merge for a limit after a sort; above, everything is sorted.
    static final long TOP_ROWS = 1 << 20;

    private final Map<Token, Layer> layers = new LinkedHashMap<>();
    private final Map<Token, Integer> held = new LinkedHashMap<>();
    private final Map<LogicalPlan, OpenPipeline> opened = new IdentityHashMap<>();
    private final Map<Token, String> notes = new HashMap<>();
    private final Sizes sizes;

    private Lowering(Measurements known) {
        this.sizes = new Sizes(known);
    }

    /// The graph whose output partitions, one after the other, are the rows of `plan`; where sizes would decide, by guesses.
    ///
    /// Errors: those of [io.lazuli.dataframe.internal.source.Source#splits].
    public static TaskGraph lower(LogicalPlan plan) {
        return trace(plan, Measurements.NONE, Optional.empty()).graph();
    }

    /// As [#lower], with what was measured so far, what should be measured next, and what is needed to find the plan in the graph
    /// again.
    ///
    /// @param encoding the form that a writer wants each partition in; empty for rows
    public static Lowered trace(LogicalPlan plan, Measurements known, Optional<PartEncoding> encoding) {
        Lowering lowering = new Lowering(known);
        OpenPipeline result = lowering.open(plan);
        Layer output = encoding
                .map(form -> lowering.end(result, new Pipeline.Encode(form, result.types())))
                .orElseGet(() -> lowering.collected(result));
        LayerSet all = new LayerSet(lowering.held, lowering.layers);
        return new Lowered(
                all.graph(output.token(), known.partitionCounts()),
                all.graph(output.token(), Map.of()).layers(),
                lowering.sizes.question(all), lowering.opened, lowering.notes);
    }

    /// The layer of these rows as they are.
    Layer collected(OpenPipeline pipeline) {
        return existing(pipeline).orElseGet(() -> end(pipeline, new Pipeline.Collect(pipeline.types())));
    }

    /// The layer whose blocks this pipeline would only copy.
    private Optional<Layer> existing(OpenPipeline pipeline) {
        return copied(pipeline).map(layers::get);
    }

    private static Optional<Token> copied(OpenPipeline pipeline) {
        boolean copies = pipeline.steps().isEmpty()
                && pipeline.origin().equals(new Blocks(0, OpenPipeline.allOf(pipeline.types())))
                && pipeline.dependencies().getFirst() instanceof OneToOne;
        return copies ? Optional.of(pipeline.dependencies().getFirst().on()) : Optional.empty();
    }

    Layer end(OpenPipeline pipeline, Sink sink) {
        return keep(pipeline.end(sink));
    }

    private Layer keep(Layer layer) {
        return layers.computeIfAbsent(layer.token(), token -> layer);
    }

    Layer layer(Operation operation, int partitionCount, Dependency... dependencies) {
        return keep(Layer.of(operation, partitionCount, List.of(dependencies), operation.name()));
    }

    private OpenPipeline open(LogicalPlan plan) {
        OpenPipeline pipeline = lowered(plan);
        opened.put(plan, pipeline);
        return pipeline;
    }

    private OpenPipeline lowered(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan(scan);
            case Held node -> held(node);
            case Given node -> given(node);
            case Filter(var input, var predicate) -> {
                OpenPipeline below = open(input);
                yield below.then(new Pipeline.Filter(predicate), below.types());
            }
            case Project project ->
                open(project.input()).then(new Pipeline.Project(project.expressions()), project.schema().types());
            case Aggregate aggregate -> GroupLowering.open(this, aggregate, open(aggregate.input()));
            case TopRows top -> GroupLowering.open(this, top, open(top.input()));
            case Join join -> JoinLowering.open(this, join, open(join.left()), open(join.right()));
            case Sort sort -> SortLowering.open(this, sort, open(sort.input()));
            case Limit(Sort(var input, var order), long rowCount) when rowCount <= TOP_ROWS ->
                SortLowering.first(this, open(input), order, rowCount);
            case Limit limit -> PositionLowering.open(this, limit, open(limit.input()));
            case Slice slice -> PositionLowering.open(this, slice, open(slice.input()));
            case Repartition repartition -> PositionLowering.open(this, repartition, open(repartition.input()));
            case RandomKeys keys ->
                open(keys.input()).then(new Pipeline.RandomKeys(keys.seed(), 0), keys.schema().types());
            case Ordered ordered -> PositionLowering.open(this, ordered, open(ordered.input()));
            case MapRows map -> open(map.input()).then(new Pipeline.MapRows(map.function()), map.schema().types());
            case MapPartitions map -> mapPartitions(map);
            case MapOverlap map -> PositionLowering.open(this, map, open(map.input()));
            case Unpivot unpivot ->
                open(unpivot.input()).then(new Pipeline.Unpivot(unpivot.groups()), unpivot.schema().types());
            case Concat concat -> ConcatLowering.open(this, concat, concat.inputs().stream().map(this::open).toList());
        };
    }

    /// A scan of which nothing is left has one partition that reads nothing.
    private OpenPipeline scan(Scan scan) {
        ScanRequest request = new ScanRequest(scan.columns(), scan.predicate());
        List<Split> splits = scan.source().splits(request);
        return OpenPipeline.of(
                new Pipeline.Scan(scan.source(), request, splits),
                List.of(),
                Math.max(1, splits.size()),
                scan.schema().types());
    }

    private OpenPipeline held(Held node) {
        Token token = node.result().token();
        int partitionCount = node.result().persisted().partitionCount();
        held.put(token, partitionCount);
        OpenPipeline rows = OpenPipeline.of(
                new Blocks(0, node.columns()), List.of(new OneToOne(token)), partitionCount, node.schema().types());
        List<Integer> hashedBy = node.result().layout().hashedBy();
        return hashedBy.isEmpty()
                ? rows
                : new Partitioning(hashedBy).moved(node.columns()::indexOf)
                        .map(known -> rows.hashedBy(known.columns()))
                        .orElse(rows);
    }

    private OpenPipeline given(Given node) {
        node.rows().addTo(held, layers);
        return OpenPipeline.of(
                new Blocks(0, node.columns()), List.of(new OneToOne(node.rows().token())), node.rows().partitionCount(),
                node.schema().types());
    }

    void note(Token layer, Schema schema, List<Integer> columns) {
        note(layer, "already partitioned by " + String.join(", ", schema.select(columns).names()));
    }

    void note(Token layer, String note) {
        notes.put(layer, note);
    }

    /// Four slices a partition, so that threads that finish early find more work; one where there is nothing to divide.
    static int sliceCount(int partitionCount) {
        return partitionCount == 1
                ? 1
                : Math.min(MOST_SLICES, Integer.highestOneBit(2 * 4 * Math.min(partitionCount, MOST_SLICES) - 1));
    }

    /// The rows of `layer`, which is cut into `slices`, for `count` tasks.
    Dependency slices(Layer layer, int slices, int count) {
        if (count == 1) {
            return new Broadcast(layer.token());
        }
        Layer cut = count == slices
                ? layer
                : layer(new JoinCuts(slices / count), layer.partitionCount(), new OneToOne(layer.token()));
        return new Exchange(cut.token());
    }

    Sizes sizes() {
        return sizes;
    }

    /// The same rows in one partition, in order.
    OpenPipeline inOne(OpenPipeline pipeline) {
        if (pipeline.partitionCount() == 1) {
            return pipeline;
        }
        if (pipeline.steps().isEmpty()
                && pipeline.origin() instanceof Blocks blocks
                && pipeline.dependencies().getFirst() instanceof OneToOne(Token on)) {
            return OpenPipeline.of(blocks, List.of(new Broadcast(on)), 1, pipeline.types());
        }
        Layer parts = end(pipeline, new Pipeline.Collect(pipeline.types()));
        return OpenPipeline.ofBlocks(new Broadcast(parts.token()), 1, pipeline.types());
    }

    private OpenPipeline mapPartitions(MapPartitions node) {
        OpenPipeline input = open(node.input());
        return OpenPipeline.of(
                new Pipeline.MapPartition(node.function(), 0, 0), List.of(new OneToOne(inPlace(input))),
                input.partitionCount(), node.schema().types());
    }

    /// The layer, or the held result, that has the rows of a pipeline as blocks.
    Token inPlace(OpenPipeline pipeline) {
        return copied(pipeline).orElseGet(() -> end(pipeline, new Pipeline.Collect(pipeline.types())).token());
    }
}

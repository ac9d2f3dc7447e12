package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.physical.CutRun;
import io.lazuli.dataframe.internal.physical.FirstRows;
import io.lazuli.dataframe.internal.physical.Pipeline.Blocks;
import io.lazuli.dataframe.internal.physical.Pipeline.Sink;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.physical.SortBounds;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
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
///   aggregate        pipeline > partial groups ══exchange══▶ merge groups > ...
///   top of groups    pipeline > first rows ══exchange══▶ first rows
///   join             see JoinLowering
///   sort             run ──▶ bounds (1) ──▶ cut ══exchange══▶ merge runs > ...
///   sort and limit   run of the first n ──▶ merge runs (1) > head > ...
///   limit of scan    head of partition 0 ──▶ enough, or heads of the next ones ──▶ ...
///   limit            head ──▶ head (1) > ...
/// ```
///
/// Equal parts of the plan give layers with equal tokens, which are kept once.
public final class Lowering {
    /// Slices that one exchange has at most.
    static final int MOST_SLICES = 64;
    /// Rows that one task may merge for a limit after a sort; above, everything is sorted.
    static final long TOP_ROWS = 1 << 20;

    private final Map<Token, Layer> layers = new LinkedHashMap<>();
    private final Map<Token, Integer> held = new LinkedHashMap<>();
    private final Map<LogicalPlan, OpenPipeline> opened = new IdentityHashMap<>();
    private final Map<Token, String> notes = new HashMap<>();

    private Lowering() {}

    /// The graph whose output partitions, one after the other, are the rows of `plan`.
    ///
    /// Errors: those of [io.lazuli.dataframe.internal.source.Source#splits].
    public static TaskGraph lower(LogicalPlan plan) {
        return trace(plan).graph();
    }

    /// As [#lower], with what is needed to find the plan in the graph again.
    public static Lowered trace(LogicalPlan plan) {
        Lowering lowering = new Lowering();
        OpenPipeline result = lowering.open(plan);
        Layer output = lowering.collected(result);
        TaskGraph graph = new TaskGraph(lowering.held, List.copyOf(lowering.layers.values()), output.token());
        return new Lowered(graph, lowering.opened, lowering.notes);
    }

    /// The layer of these rows as they are.
    Layer collected(OpenPipeline pipeline) {
        return existing(pipeline).orElseGet(() -> end(pipeline, new Pipeline.Collect(pipeline.types())));
    }

    /// As [#lower(LogicalPlan)], with each partition in the form that a writer wants.
    public static TaskGraph lower(LogicalPlan plan, PartEncoding encoding) {
        Lowering lowering = new Lowering();
        OpenPipeline result = lowering.open(plan);
        Layer output = lowering.end(result, new Pipeline.Encode(encoding, result.types()));
        return new TaskGraph(lowering.held, List.copyOf(lowering.layers.values()), output.token());
    }

    /// The layer whose blocks this pipeline would only copy.
    private Optional<Layer> existing(OpenPipeline pipeline) {
        boolean copies = pipeline.steps().isEmpty()
                && pipeline.origin().equals(new Blocks(0, OpenPipeline.allOf(pipeline.types())))
                && pipeline.dependencies().getFirst() instanceof OneToOne;
        return copies
                ? Optional.ofNullable(layers.get(pipeline.dependencies().getFirst().on()))
                : Optional.empty();
    }

    Layer end(OpenPipeline pipeline, Sink sink) {
        return keep(pipeline.end(sink));
    }

    private Layer keep(Layer layer) {
        return layers.computeIfAbsent(layer.token(), token -> layer);
    }

    private Layer layer(Operation operation, int partitionCount, Dependency... dependencies) {
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
            case Filter(var input, var predicate) -> {
                OpenPipeline below = open(input);
                yield below.then(new Pipeline.Filter(predicate), below.types());
            }
            case Project project ->
                open(project.input()).then(new Pipeline.Project(project.expressions()), project.schema().types());
            case Aggregate aggregate -> aggregate(aggregate);
            case TopRows top -> topRows(top);
            case Join join -> JoinLowering.open(this, join, open(join.left()), open(join.right()));
            case Sort(var input, var order) -> sort(open(input), order);
            case Limit(Sort(var input, var order), long rowCount) when rowCount <= TOP_ROWS ->
                top(open(input), order, rowCount);
            case Limit limit -> limit(limit);
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
        return OpenPipeline.of(
                new Blocks(0, node.columns()), List.of(new OneToOne(token)), partitionCount, node.schema().types());
    }

    private OpenPipeline aggregate(Aggregate node) {
        OpenPipeline input = open(node.input());
        Aggregation aggregation = aggregation(node);
        Optional<Partitioning> kept = input.partitioning().flatMap(known -> known.moved(node.keys()::indexOf));
        if (kept.isPresent()) {
            return groupsInPlace(node, input, aggregation, kept.get());
        }
        int slices = node.keys().isEmpty() ? 1 : sliceCount(input.partitionCount());
        Layer partial = end(input, new Pipeline.PartialGroups(aggregation, slices));
        Dependency dependency = slices > 1 ? new Exchange(partial.token()) : new Broadcast(partial.token());
        OpenPipeline groups = OpenPipeline.of(
                new Pipeline.MergedGroups(0, aggregation), List.of(dependency), slices, aggregation.resultTypes());
        return slices > 1 ? groups.hashedBy(OpenPipeline.allOf(aggregation.keyTypes())) : groups;
    }

    /// Groups of rows that are where they belong already.
    private OpenPipeline groupsInPlace(
            Aggregate node, OpenPipeline input, Aggregation aggregation, Partitioning kept) {
        Layer partial = end(input, new Pipeline.PartialGroups(aggregation, 1));
        note(partial, node.schema(), kept.columns());
        return OpenPipeline
                .of(new Pipeline.MergedGroups(0, aggregation), List.of(new OneToOne(partial.token())),
                        input.partitionCount(), aggregation.resultTypes())
                .hashedBy(kept.columns());
    }

    void note(Layer layer, Schema schema, List<Integer> columns) {
        notes.put(layer.token(), "already partitioned by " + String.join(", ", schema.select(columns).names()));
    }

    private OpenPipeline topRows(TopRows node) {
        OpenPipeline input = open(node.input());
        int slices = sliceCount(input.partitionCount());
        OpenPipeline sliced = input;
        if (slices > 1) {
            Layer partial = end(input, topRows(node, input.types(), slices, true));
            sliced = OpenPipeline.ofBlocks(new Exchange(partial.token()), slices, input.types());
        }
        Layer top = end(sliced, topRows(node, input.types(), 1, false));
        return OpenPipeline.ofBlocks(new OneToOne(top.token()), slices, input.types());
    }

    private static Pipeline.TopRows topRows(TopRows node, List<DataType> types, int slices, boolean isPartial) {
        return new Pipeline.TopRows(types, node.keys(), node.order(), node.rowCount(), slices, isPartial);
    }

    private static Aggregation aggregation(Aggregate node) {
        Schema inputs = node.input().schema();
        List<DataType> results = node.schema().types();
        List<Aggregation.Call> calls = new ArrayList<>();
        for (AggregateCall call : node.calls()) {
            DataType result = results.get(node.keys().size() + calls.size());
            List<DataType> types = call.inputs().stream().map(column -> inputs.field(column).type()).toList();
            calls.add(new Aggregation.Call(
                    call.function(), call.inputs(), types, call.parameter(), result, PlanText.label(call, inputs)));
        }
        return new Aggregation(node.keys(), inputs.select(node.keys()).types(), calls);
    }

    /// Four slices a partition, so that threads that finish early find more work; one where there is nothing to divide.
    static int sliceCount(int partitionCount) {
        return partitionCount == 1
                ? 1
                : Math.min(MOST_SLICES, Integer.highestOneBit(2 * 4 * Math.min(partitionCount, MOST_SLICES) - 1));
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

    private OpenPipeline sort(OpenPipeline input, SortOrder order) {
        Layer runs = end(input, new Pipeline.SortedRun(input.types(), order, -1));
        int count = input.partitionCount();
        if (count == 1) {
            return OpenPipeline.ofBlocks(new OneToOne(runs.token()), 1, input.types());
        }
        int ranges = Math.min(count, MOST_SLICES);
        Layer bounds = layer(new SortBounds(order, ranges), 1, new Broadcast(runs.token()));
        Layer cuts = layer(new CutRun(order, ranges), count, new OneToOne(runs.token()), new Broadcast(bounds.token()));
        return OpenPipeline.of(
                new Pipeline.MergedRuns(0, order), List.of(new Exchange(cuts.token())), ranges, input.types());
    }

    private OpenPipeline top(OpenPipeline input, SortOrder order, long rowCount) {
        Layer runs = end(input, new Pipeline.SortedRun(input.types(), order, rowCount));
        if (input.partitionCount() == 1) {
            return OpenPipeline.ofBlocks(new OneToOne(runs.token()), 1, input.types());
        }
        return OpenPipeline
                .of(new Pipeline.MergedRuns(0, order), List.of(new Broadcast(runs.token())), 1, input.types())
                .then(new Pipeline.Head(rowCount), input.types());
    }

    private OpenPipeline limit(Limit node) {
        OpenPipeline input = open(node.input());
        Pipeline.Head head = new Pipeline.Head(node.rowCount());
        OpenPipeline first = input.then(head, input.types());
        if (input.partitionCount() == 1) {
            return first;
        }
        double expected = Math.max(1, Estimates.of(node.input()).rowCount() / input.partitionCount());
        int width = (int) Math.min(input.partitionCount(), Math.max(1, Math.ceil(node.rowCount() / expected)));
        boolean readsScan = first.origin() instanceof Pipeline.Scan
                && first.dependencies().stream().allMatch(Broadcast.class::isInstance);
        return readsScan && width <= input.partitionCount() / 2
                ? firstRows(first, node.rowCount(), width)
                : inOne(first).then(head, input.types());
    }

    /// A head of a scan, read partition by partition until there are enough rows.
    private OpenPipeline firstRows(OpenPipeline head, long rowCount, int width) {
        FirstRows operation = new FirstRows(
                (Pipeline.Scan) head.origin(), head.steps(), head.types(), rowCount,
                head.dependencies().stream().map(Dependency::on).toList(), List.of(), 0, width);
        Layer rows = layer(operation, 1, operation.dependencies().toArray(Dependency[]::new));
        notes.put(rows.token(), "reads %d of %d partitions at first".formatted(width, head.partitionCount()));
        return OpenPipeline.ofBlocks(new OneToOne(rows.token()), 1, head.types());
    }
}

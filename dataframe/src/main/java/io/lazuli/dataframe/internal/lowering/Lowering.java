package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.physical.CarryRows;
import io.lazuli.dataframe.internal.physical.CutRows;
import io.lazuli.dataframe.internal.physical.CutRun;
import io.lazuli.dataframe.internal.physical.FirstRows;
import io.lazuli.dataframe.internal.physical.EdgeRows;
import io.lazuli.dataframe.internal.physical.JoinCuts;
import io.lazuli.dataframe.internal.physical.Pipeline.Blocks;
import io.lazuli.dataframe.internal.physical.Pipeline.Sink;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.physical.SortBounds;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.physical.SummarizeRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
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
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
///   slice            rows ──▶ summarize ──▶ carry (1) ──broadcast──▶ slice of rows > ...
///   ordered          rows ──▶ summarize ──▶ carry (1) ──broadcast──▶ ordered rows > ...
///                    rows ──▶ edges ──broadcast──▶
///   repartition      rows ──▶ summarize ──▶ carry (1) ──broadcast──▶ cut rows ══exchange══▶ ...
///   map partitions   rows ──▶ map > ...
///   concat           branch or rows of each ──▶ ...
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

    /// What tells where the rows of a partition start among all.
    private static final List<OrderedCall> ROW_STARTS =
            List.of(new OrderedCall(OrderedCall.Function.ROW_INDEX, -1, DataType.LONG, 0));

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
            case Sort sort -> sort(sort, open(sort.input()));
            case Limit(Sort(var input, var order), long rowCount) when rowCount <= TOP_ROWS ->
                top(open(input), order, rowCount);
            case Limit limit -> limit(limit);
            case Slice(var input, long offset, long rowCount) -> slice(open(input), offset, rowCount);
            case Repartition(var input, int partitionCount) -> repartition(open(input), partitionCount);
            case RandomKeys keys ->
                open(keys.input()).then(new Pipeline.RandomKeys(keys.seed(), 0), keys.schema().types());
            case Ordered ordered -> ordered(ordered);
            case MapRows map -> open(map.input()).then(new Pipeline.MapRows(map.function()), map.schema().types());
            case MapPartitions map -> mapPartitions(map);
            case Unpivot unpivot ->
                open(unpivot.input()).then(new Pipeline.Unpivot(unpivot.groups()), unpivot.schema().types());
            case Concat concat -> concat(concat);
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

    private OpenPipeline aggregate(Aggregate node) {
        OpenPipeline input = open(node.input());
        Aggregation aggregation = aggregation(node);
        Optional<Partitioning> kept = input.partitioning().flatMap(known -> known.moved(node.keys()::indexOf));
        if (kept.isPresent()) {
            return groupsInPlace(node, input, aggregation, kept.get());
        }
        int slices = node.keys().isEmpty() ? 1 : sliceCount(input.partitionCount());
        Layer partial = end(input, new Pipeline.PartialGroups(aggregation, slices));
        int count = sizes.sliceCount(partial, slices, node);
        OpenPipeline groups = OpenPipeline.of(
                new Pipeline.MergedGroups(0, aggregation), List.of(slices(partial, slices, count)), count,
                aggregation.resultTypes());
        return count > 1 ? groups.hashedBy(OpenPipeline.allOf(aggregation.keyTypes())) : groups;
    }

    /// Groups of rows that are where they belong already.
    private OpenPipeline groupsInPlace(
            Aggregate node, OpenPipeline input, Aggregation aggregation, Partitioning kept) {
        Layer partial = end(input, new Pipeline.PartialGroups(aggregation, 1));
        note(partial.token(), node.schema(), kept.columns());
        return OpenPipeline
                .of(new Pipeline.MergedGroups(0, aggregation), List.of(new OneToOne(partial.token())),
                        input.partitionCount(), aggregation.resultTypes())
                .hashedBy(kept.columns());
    }

    void note(Token layer, Schema schema, List<Integer> columns) {
        note(layer, "already partitioned by " + String.join(", ", schema.select(columns).names()));
    }

    void note(Token layer, String note) {
        notes.put(layer, note);
    }

    private OpenPipeline topRows(TopRows node) {
        OpenPipeline input = open(node.input());
        int slices = sliceCount(input.partitionCount());
        int count = 1;
        OpenPipeline sliced = input;
        if (slices > 1) {
            Layer partial = end(input, topRows(node, input.types(), slices, true));
            count = sizes.sliceCount(partial, slices, node);
            sliced = OpenPipeline.ofBlocks(slices(partial, slices, count), count, input.types());
        }
        Layer top = end(sliced, topRows(node, input.types(), 1, false));
        return OpenPipeline.ofBlocks(new OneToOne(top.token()), count, input.types());
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

    private OpenPipeline sort(Sort node, OpenPipeline input) {
        SortOrder order = node.order();
        Layer runs = end(input, new Pipeline.SortedRun(input.types(), order, -1));
        int count = input.partitionCount();
        if (count == 1) {
            return OpenPipeline.ofBlocks(new OneToOne(runs.token()), 1, input.types());
        }
        int ranges = sizes.rangeCount(runs, node);
        if (ranges == 1) {
            return OpenPipeline.of(
                    new Pipeline.MergedRuns(0, order), List.of(new Broadcast(runs.token())), 1, input.types());
        }
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

    /// A limit of many rows leaves them where they are instead of putting them into one partition.
    private OpenPipeline limit(Limit node) {
        OpenPipeline input = open(node.input());
        Pipeline.Head head = new Pipeline.Head(node.rowCount());
        OpenPipeline first = input.then(head, input.types());
        if (input.partitionCount() == 1) {
            return first;
        }
        if (node.rowCount() > TOP_ROWS) {
            return sliceOf(inPlace(first), 0, node.rowCount(), first);
        }
        double rowsEach = Math.max(1, sizes.expected(node.input()).rowCount() / input.partitionCount());
        int width = (int) Math.min(input.partitionCount(), Math.max(1, Math.ceil(node.rowCount() / rowsEach)));
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

    /// From the end, no partition needs to keep more rows than are wanted in all.
    private OpenPipeline slice(OpenPipeline input, long offset, long rowCount) {
        Token rows = offset < 0
                ? end(input, new Pipeline.LastRows(input.types(), -offset)).token()
                : inPlace(input);
        return sliceOf(rows, offset, rowCount, input);
    }

    private OpenPipeline sliceOf(Token rows, long offset, long rowCount, OpenPipeline input) {
        int count = input.partitionCount();
        Layer starts = carries(rows, ROW_STARTS, count);
        return OpenPipeline.of(
                new Pipeline.Slice(offset, rowCount), List.of(new OneToOne(rows), new Broadcast(starts.token())), count,
                input.types());
    }

    private OpenPipeline repartition(OpenPipeline input, int partitionCount) {
        Token rows = inPlace(input);
        Layer starts = carries(rows, ROW_STARTS, input.partitionCount());
        Layer cuts = layer(new CutRows(partitionCount), input.partitionCount(), new OneToOne(rows),
                new Broadcast(starts.token()));
        return OpenPipeline.ofBlocks(new Exchange(cuts.token()), partitionCount, input.types());
    }

    private OpenPipeline ordered(Ordered node) {
        OpenPipeline input = open(node.input());
        int count = input.partitionCount();
        Token rows = inPlace(input);
        List<Dependency> dependencies = new ArrayList<>(List.of(new OneToOne(rows)));
        List<OrderedCall> carried = OrderedCall.carried(node.calls());
        if (count > 1 && !carried.isEmpty()) {
            dependencies.add(new Broadcast(carries(rows, carried, count).token()));
        }
        for (boolean before : new boolean[] {true, false}) {
            long reach = OrderedCall.edgeRows(node.calls(), before);
            if (count > 1 && reach > 0) {
                EdgeRows edges = new EdgeRows(OrderedCall.edgeInputs(node.calls(), before), reach, before);
                dependencies.add(new Broadcast(layer(edges, count, new OneToOne(rows)).token()));
            }
        }
        return OpenPipeline.of(
                new Pipeline.Ordered(node.calls(), count == 1), dependencies, count, node.schema().types());
    }

    /// What comes into each partition of `rows` from the others.
    private Layer carries(Token rows, List<OrderedCall> calls, int partitionCount) {
        Layer summaries = layer(new SummarizeRows(calls), partitionCount, new OneToOne(rows));
        return layer(new CarryRows(calls), 1, new Broadcast(summaries.token()));
    }

    private OpenPipeline mapPartitions(MapPartitions node) {
        OpenPipeline input = open(node.input());
        return OpenPipeline.of(
                new Pipeline.MapPartition(node.function()), List.of(new OneToOne(inPlace(input))),
                input.partitionCount(), node.schema().types());
    }

    /// Branches that read no other layer go on as they are; of the others, the blocks are read where they are.
    private OpenPipeline concat(Concat node) {
        List<OpenPipeline> inputs = node.inputs().stream().map(this::open).toList();
        int count = inputs.stream().mapToInt(OpenPipeline::partitionCount).reduce(0, Math::addExact);
        List<Dependency> dependencies = new ArrayList<>();
        List<Pipeline.Branch> branches = new ArrayList<>();
        int first = 0;
        for (OpenPipeline input : inputs) {
            if (input.dependencies().isEmpty()) {
                branches.addAll(branches(input, first));
            } else {
                Blocks blocks = new Blocks(dependencies.size(), OpenPipeline.allOf(input.types()));
                branches.add(new Pipeline.Branch(blocks, List.of(), input.partitionCount()));
                dependencies.add(oneToOne(inPlace(input), first, input.partitionCount(), count));
            }
            first += input.partitionCount();
        }
        return OpenPipeline.of(new Pipeline.Branches(branches), dependencies, count, node.schema().types());
    }

    /// @param first partition of the whole that is the first of this input
    private static List<Pipeline.Branch> branches(OpenPipeline input, int first) {
        List<Pipeline.Step> steps = Pipeline.moved(input.steps(), -first);
        if (!(input.origin() instanceof Pipeline.Branches(List<Pipeline.Branch> inner))) {
            return List.of(new Pipeline.Branch(input.origin(), steps, input.partitionCount()));
        }
        return inner.stream()
                .map(branch -> new Pipeline.Branch(branch.origin(),
                        Stream.concat(Pipeline.moved(branch.steps(), -first).stream(), steps.stream()).toList(),
                        branch.partitionCount()))
                .toList();
    }

    /// Consumers `first` to `first + length` of `count` read one partition each, the others none.
    private static Dependency oneToOne(Token on, int first, int length, int count) {
        int[] offsets = IntStream.rangeClosed(0, count).map(p -> Math.clamp(p - first, 0, length)).toArray();
        return new Explicit(on, offsets, IntStream.range(0, length).toArray());
    }

    /// The layer, or the held result, that has the rows of a pipeline as blocks.
    Token inPlace(OpenPipeline pipeline) {
        return copied(pipeline).orElseGet(() -> end(pipeline, new Pipeline.Collect(pipeline.types())).token());
    }
}

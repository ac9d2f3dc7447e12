package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The layers of groups: reduced in each partition, cut by the hash of their keys, and reduced again; in one layer where rows of equal
/// keys are together already.
///
/// ```
///   aggregate        pipeline > partial groups ══exchange══▶ merge groups > ...
///   top of groups    pipeline > first rows ══exchange══▶ first rows
/// ```
final class GroupLowering {
    private GroupLowering() {}

    /// @param input the rows of the node's input
    static OpenPipeline open(Lowering lowering, Aggregate node, OpenPipeline input) {
        Aggregation aggregation = aggregation(node);
        Optional<Partitioning> kept = input.partitioning().flatMap(known -> known.moved(node.keys()::indexOf));
        if (kept.isPresent()) {
            return inPlace(lowering, node, input, aggregation, kept.get());
        }
        int slices = node.keys().isEmpty() ? 1 : Lowering.sliceCount(input.partitionCount());
        Layer partial = lowering.end(input, new Pipeline.PartialGroups(aggregation, slices));
        int count = lowering.sizes().sliceCount(partial, slices, node);
        OpenPipeline groups = OpenPipeline.of(
                new Pipeline.MergedGroups(0, aggregation), List.of(lowering.slices(partial, slices, count)), count,
                aggregation.resultTypes());
        return count > 1 ? groups.hashedBy(OpenPipeline.allOf(aggregation.keyTypes())) : groups;
    }

    /// Groups of rows that are where they belong already.
    private static OpenPipeline inPlace(
            Lowering lowering, Aggregate node, OpenPipeline input, Aggregation aggregation, Partitioning kept) {
        Layer partial = lowering.end(input, new Pipeline.PartialGroups(aggregation, 1));
        lowering.note(partial.token(), node.schema(), kept.columns());
        return OpenPipeline
                .of(new Pipeline.MergedGroups(0, aggregation), List.of(new OneToOne(partial.token())),
                        input.partitionCount(), aggregation.resultTypes())
                .hashedBy(kept.columns());
    }

    private static Aggregation aggregation(Aggregate node) {
        Schema inputs = node.input().schema();
        List<DataType> results = node.schema().types();
        List<Aggregation.Call> calls = new ArrayList<>();
        for (AggregateCall call : node.calls()) {
            DataType result = results.get(node.keys().size() + calls.size());
            List<DataType> types = call.inputs().stream().map(column -> inputs.field(column).type()).toList();
            calls.add(new Aggregation.Call(
                    call.function(), call.inputs(), types, call.parameter(), result, PlanText.label(call, inputs),
                    call.fold()));
        }
        return new Aggregation(node.keys(), inputs.select(node.keys()).types(), calls);
    }

    /// The first rows of each group.
    ///
    /// @param input the rows of the node's input
    static OpenPipeline open(Lowering lowering, TopRows node, OpenPipeline input) {
        int slices = Lowering.sliceCount(input.partitionCount());
        int count = 1;
        OpenPipeline sliced = input;
        if (slices > 1) {
            Layer partial = lowering.end(input, sink(node, input.types(), slices, true));
            count = lowering.sizes().sliceCount(partial, slices, node);
            sliced = OpenPipeline.ofBlocks(lowering.slices(partial, slices, count), count, input.types());
        }
        Layer top = lowering.end(sliced, sink(node, input.types(), 1, false));
        return OpenPipeline.ofBlocks(new OneToOne(top.token()), count, input.types());
    }

    private static Pipeline.TopRows sink(TopRows node, List<DataType> types, int slices, boolean isPartial) {
        return new Pipeline.TopRows(
                types, node.keys(), node.order(), node.prefersLater(), node.rowCount(), slices, isPartial);
    }
}

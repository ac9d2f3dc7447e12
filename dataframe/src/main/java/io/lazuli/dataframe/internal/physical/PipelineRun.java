package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.FileUse;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs a [Pipeline] in one task: pulls batches from the origin and pushes them through the steps into the sink, until the
/// origin is at its end or nobody wants more.
///
/// Operators ask for what they want and make do with less where it is refused. What they cannot do without comes from files
/// when memory is short: so a partition, a group or a row that is larger than the memory makes a task slower.
///
/// What steps compute for a batch lives in a scratch that is reset before the next one. A step that turns one batch into
/// many, such as a join, gives what follows it a scratch of its own.
final class PipelineRun {
    private PipelineRun() {}

    static Block run(Pipeline pipeline, TaskContext context, TaskInputs inputs) {
        return pipeline.origin() instanceof Pipeline.Branches(List<Pipeline.Branch> branches)
                ? runBranch(branches, pipeline, context, inputs)
                : run(pipeline, context.partition(), context, inputs);
    }

    private static Block runBranch(
            List<Pipeline.Branch> branches, Pipeline pipeline, TaskContext context, TaskInputs inputs) {
        int partition = context.partition();
        for (Pipeline.Branch branch : branches) {
            if (partition < branch.partitionCount()) {
                List<Pipeline.Step> steps = new ArrayList<>(branch.steps());
                steps.addAll(pipeline.steps());
                return run(new Pipeline(branch.origin(), steps, pipeline.sink()), partition, context, inputs);
            }
            partition -= branch.partitionCount();
        }
        throw new IllegalStateException("partition " + context.partition() + " is behind the last branch");
    }

    /// @param partition of the origin
    private static Block run(Pipeline pipeline, int partition, TaskContext context, TaskInputs inputs) {
        context.memory().useFiles(FileUse.INSTEAD_OF_FAILING);
        try (BatchSink sink = sink(pipeline.sink(), context.memory())) {
            return run(pipeline, partition, sink, context, inputs);
        }
    }

    private static Block run(
            Pipeline pipeline, int partition, BatchSink sink, TaskContext context, TaskInputs inputs) {
        Scratch scratch = new Scratch(context.memory());
        StageRows rows = new StageRows(pipeline);
        BatchConsumer first = consumer(pipeline.steps(), sink, context, inputs, scratch, rows);
        try (BatchOrigin origin = origin(pipeline.origin(), partition, context, inputs, scratch)) {
            if (keepsRows(pipeline.steps())) {
                sink.expect(origin.expectedRows());
            }
            while (first.wantsMore()) {
                context.checkCancelled();
                scratch.reset();
                Optional<Batch> batch = origin.next(scratch);
                if (batch.isEmpty()) {
                    break;
                }
                first.accept(batch.get());
            }
        }
        Block result = sink.finish();
        try {
            RowConservation.checkKept(context, sink, rows.sunk(), result);
        } catch (LazuliException e) {
            result.release();
            throw e;
        }
        rows.report(context);
        return result;
    }

    /// True if about as many rows leave the steps as come.
    private static boolean keepsRows(List<Pipeline.Step> steps) {
        return steps.stream().allMatch(step -> step instanceof Pipeline.Project || step instanceof Pipeline.Probe);
    }

    private static BatchOrigin origin(
            Pipeline.Origin origin, int partition, TaskContext context, TaskInputs inputs, Scratch scratch) {
        return switch (origin) {
            case Pipeline.Scan scan -> new ScanOrigin(scan, partition, scratch);
            case Pipeline.Blocks blocks -> new BlockOrigin(context, inputs, blocks.dependency(), blocks.columns());
            case Pipeline.MergedGroups groups -> new MergedGroupsOrigin(groups, context, inputs);
            case Pipeline.JoinedSlices slices -> new JoinedSlicesOrigin(slices, context, inputs);
            case Pipeline.MergedRuns runs -> new MergedRunsOrigin(runs, context, inputs);
            case Pipeline.Ordered ordered -> new OrderedOrigin(ordered, context, inputs);
            case Pipeline.Slice slice -> new SliceOrigin(slice, partition, inputs);
            case Pipeline.MapPartition map -> new MapPartitionOrigin(map, partition, inputs, scratch);
            case Pipeline.Branches branches ->
                throw new IllegalArgumentException("branches within a branch: " + branches.name());
        };
    }

    /// The steps, each wired to the next and the last to the sink.
    private static BatchConsumer consumer(
            List<Pipeline.Step> steps, BatchSink sink, TaskContext context, TaskInputs inputs, Scratch scratch,
            StageRows rows) {
        if (steps.isEmpty()) {
            return rows.counted(0, sink);
        }
        Pipeline.Step step = steps.getFirst();
        boolean multiplies = step instanceof Pipeline.Probe || step instanceof Pipeline.MapRows;
        Scratch nextScratch = multiplies ? new Scratch(context.memory()) : scratch;
        BatchConsumer next = consumer(steps.subList(1, steps.size()), sink, context, inputs, nextScratch, rows);
        return rows.counted(steps.size(), switch (step) {
            case Pipeline.Filter filter -> new FilterStep(filter, context.memory(), scratch, next);
            case Pipeline.Project project -> new ProjectStep(project, context.memory(), scratch, next);
            case Pipeline.Head head -> new HeadStep(head, scratch, next);
            case Pipeline.RandomKeys keys ->
                new RandomKeysStep(keys, context.partition() + keys.offset(), scratch, next);
            case Pipeline.Unpivot unpivot -> new UnpivotStep(unpivot, next);
            case Pipeline.MapRows map -> new MapRowsStep(map, context, nextScratch, next);
            case Pipeline.Probe probe -> new ProbeStep(probe, context, inputs, nextScratch, next);
        });
    }

    private static BatchSink sink(Pipeline.Sink sink, Reservation memory) {
        return switch (sink) {
            case Pipeline.Collect collect -> new CollectSink(collect, memory);
            case Pipeline.LastRows last -> new LastRowsSink(last, memory);
            case Pipeline.PartialGroups groups -> SampledSink.of(groups, memory);
            case Pipeline.TopRows top -> SampledSink.of(top, memory);
            case Pipeline.HashSlices slices ->
                new HashSlicesSink(memory, slices.types(), slices.keys(), slices.sliceCount());
            case Pipeline.SortedRun run -> new SortedRunSink(run, memory);
            case Pipeline.BuildTable table -> new BuildTableSink(table, memory);
            case Pipeline.Encode encode -> new EncodeSink(encode, memory);
        };
    }
}

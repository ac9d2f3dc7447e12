package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.Pipeline.Blocks;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One pipeline whose partitions are those of several, one after the other.
final class ConcatLowering {
    private ConcatLowering() {}

    /// Branches that read no other layer go on as they are; of the others, the blocks are read where they are.
    ///
    /// @param inputs the rows of the node's inputs
    static OpenPipeline open(Lowering lowering, Concat node, List<OpenPipeline> inputs) {
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
                dependencies.add(oneToOne(lowering.inPlace(input), first, input.partitionCount(), count));
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
}

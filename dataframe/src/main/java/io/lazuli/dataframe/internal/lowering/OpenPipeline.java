package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.physical.Pipeline.Blocks;
import io.lazuli.dataframe.internal.physical.Pipeline.Origin;
import io.lazuli.dataframe.internal.physical.Pipeline.Sink;
import io.lazuli.dataframe.internal.physical.Pipeline.Step;
import io.lazuli.dataframe.internal.physical.Pipeline;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A pipeline that has no sink yet: steps are added until something needs all rows together.
///
/// @param types        of the columns that leave the last step
/// @param partitioning where the rows that leave it are, if that is known
record OpenPipeline(Origin origin, List<Step> steps, List<Dependency> dependencies, int partitionCount,
        List<DataType> types, Optional<Partitioning> partitioning) {
    OpenPipeline {
        steps = List.copyOf(steps);
        dependencies = List.copyOf(dependencies);
        types = List.copyOf(types);
    }

    static OpenPipeline of(Origin origin, List<Dependency> dependencies, int partitionCount, List<DataType> types) {
        return new OpenPipeline(origin, List.of(), dependencies, partitionCount, types, Optional.empty());
    }

    /// All columns of a dependency's blocks.
    static OpenPipeline ofBlocks(Dependency dependency, int partitionCount, List<DataType> types) {
        return of(new Blocks(0, allOf(types)), List.of(dependency), partitionCount, types);
    }

    static List<Integer> allOf(List<DataType> types) {
        return IntStream.range(0, types.size()).boxed().toList();
    }

    OpenPipeline then(Step step, List<DataType> newTypes) {
        return then(step, newTypes, dependencies);
    }

    /// A step that reads another layer; its index is the number of dependencies so far.
    OpenPipeline then(Step step, List<DataType> newTypes, Dependency dependency) {
        return then(step, newTypes, with(dependencies, dependency));
    }

    private OpenPipeline then(Step step, List<DataType> newTypes, List<Dependency> newDependencies) {
        return new OpenPipeline(
                origin, with(steps, step), newDependencies, partitionCount, newTypes,
                partitioning.flatMap(known -> known.after(step)));
    }

    /// The same rows, known to be in the partitions that the hash of these columns says.
    OpenPipeline hashedBy(List<Integer> columns) {
        return new OpenPipeline(
                origin, steps, dependencies, partitionCount, types, Optional.of(new Partitioning(columns)));
    }

    /// True if this is what `later` began with: the rows that leave this one go on there.
    boolean begins(Pipeline later, List<Dependency> laterDependencies) {
        return origin.equals(later.origin())
                && steps.size() <= later.steps().size()
                && later.steps().subList(0, steps.size()).equals(steps)
                && dependencies.size() <= laterDependencies.size()
                && laterDependencies.subList(0, dependencies.size()).equals(dependencies);
    }

    Layer end(Sink sink) {
        Pipeline pipeline = new Pipeline(origin, steps, sink);
        String label = pipeline.name().isEmpty() ? "collect" : pipeline.name();
        return Layer.of(pipeline, partitionCount, dependencies, label);
    }

    private static <T> List<T> with(List<T> values, T last) {
        List<T> longer = new ArrayList<>(values);
        longer.add(last);
        return longer;
    }
}

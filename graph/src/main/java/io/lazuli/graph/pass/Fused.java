package io.lazuli.graph.pass;

import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Several operations in one task, each on the block of the one before, see [Relay].
sealed interface Fused extends Operation permits FusedLayers, FusedTasks {
    /// Of more names than this, not all are shown.
    int MOST_NAMES = 4;

    int stepCount(int partition);

    Step step(int partition, int index);

    @Override
    default String nameOf(int partition) {
        return join(stepCount(partition), i -> step(partition, i).name());
    }

    /// `load > parse > filter`; of many names the first and the last.
    static String join(int count, IntFunction<String> names) {
        return count <= MOST_NAMES
                ? IntStream.range(0, count).mapToObj(names).collect(Collectors.joining(" > "))
                : "%s > %s > (%d more) > %s".formatted(
                        names.apply(0), names.apply(1), count - 3, names.apply(count - 1));
    }

    @Override
    default Block run(TaskContext context, TaskInputs inputs) {
        return Relay.run(this, context, inputs);
    }
}

package io.lazuli.graph.pass;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes down what was computed from what, such as `sum1(load0, load1)`.
record Text(String name, long grantBytes) implements Operation {
    static Layer layer(String name, int partitionCount, Dependency... dependencies) {
        return Layer.of(new Text(name, 1 << 10), partitionCount, List.of(dependencies), name);
    }

    /// A layer of single tasks: one line for each, with the numbers of those that it reads.
    static Layer tasks(String name, String... inputs) {
        Token token = Token.of(name, inputs);
        Explicit within = explicit(token, inputs);
        return new Layer(token, new Text(name, 1 << 10), inputs.length, List.of(within), name);
    }

    /// An explicit dependency: for each partition the numbers of those that it reads.
    static Explicit explicit(Token on, String... inputs) {
        int[] offsets = new int[inputs.length + 1];
        for (int p = 0; p < inputs.length; p++) {
            offsets[p + 1] = offsets[p] + (int) numbers(inputs[p]).count();
        }
        return new Explicit(on, offsets, IntStream.range(0, inputs.length).flatMap(p -> numbers(inputs[p])).toArray());
    }

    private static IntStream numbers(String list) {
        return list.isEmpty() ? IntStream.empty() : List.of(list.split(" ")).stream().mapToInt(Integer::parseInt);
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        String arguments = IntStream.range(0, inputs.dependencyCount())
                .boxed()
                .flatMap(d -> inputs.blocks(d).stream())
                .map(block -> String.valueOf(block.value()))
                .collect(Collectors.joining(", "));
        String own = name + context.partition();
        return Block.value(arguments.isEmpty() ? own : own + "(" + arguments + ")", 100);
    }

    @Override
    public boolean runsUserCode() {
        return true;
    }
}

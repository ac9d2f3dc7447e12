package io.lazuli.ml.internal.fit;

import static io.lazuli.ml.internal.fit.GuardedOperation.block;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.memory.Block;
import io.lazuli.ml.internal.graph.GraphParts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Layers of one partition whose result is a value.
public final class Values {
    private Values() {}

    /// A value that is known when the graph is made.
    public static Upstream given(Object value, String label) {
        GraphParts parts = GraphParts.of(Stream.of());
        return parts.upstream(parts.add(new Given(value), 1, List.of(), label));
    }

    /// What a function makes of other values, one each.
    ///
    /// @param function a record
    public static Upstream apply(Function1<List<Object>, ?> function, List<Upstream> values, String label) {
        return add(new Apply(function, label), values, label);
    }

    /// As [#apply], but the function is also given failures, each a [Failure] in place of a value.
    public static Upstream applyToAll(Function1<List<Object>, ?> function, List<Upstream> values, String label) {
        return add(new ApplyToAll(function, label), values, label);
    }

    /// The value, where a failure is an error.
    public static Upstream unwrapped(Upstream value, String label) {
        return add(new Unwrap(label), List.of(value), label);
    }

    private static Upstream add(Operation operation, List<Upstream> values, String label) {
        GraphParts parts = GraphParts.of(values.stream());
        List<Dependency> dependencies =
                values.stream().<Dependency>map(value -> new Dependency.Broadcast(value.token())).toList();
        return parts.upstream(parts.add(operation, 1, dependencies, label));
    }

    private record Given(Object value) implements Operation {
        @Override
        public String name() {
            return "given";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return block(value);
        }
    }

    private record Apply(Function1<List<Object>, ?> function, String name) implements GuardedOperation {
        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            return block(call(function, inputs));
        }
    }

    private record ApplyToAll(Function1<List<Object>, ?> function, String name) implements Operation {
        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return block(call(function, inputs));
        }
    }

    private static @Nullable Object call(Function1<List<Object>, ?> function, TaskInputs inputs) {
        List<Object> values = new ArrayList<>();
        IntStream.range(0, inputs.dependencyCount())
                .forEach(dependency -> values.add(GuardedOperation.value(inputs.block(dependency))));
        try {
            return function.apply(values);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LazuliException(ErrorCode.USER, e.toString(), e);
        }
    }

    private record Unwrap(String name) implements Operation {
        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            Block block = inputs.block(0);
            GuardedOperation.failure(block).ifPresent(failure -> {
                throw failure.exception();
            });
            return block.retain();
        }
    }
}

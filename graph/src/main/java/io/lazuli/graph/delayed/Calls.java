package io.lazuli.graph.delayed;

import io.lazuli.graph.Expansion;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.codec.SizeEstimate;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.memory.Block;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Calls of functions, one a partition: partition `p` calls `functions[p]`. The arrays are not copied.
///
/// @param arguments of each call: the argument of a function of one, else an `Object[]` with all of them. An [Input] stands for
///                  the next block of a dependency.
record Calls(LiftedFunction<?>[] functions, @Nullable Object[] arguments) implements Operation {
    /// An argument that is the next of the results that dependency `dependency` brings.
    record Input(int dependency) {
        private static final Input[] FIRST = IntStream.range(0, 16).mapToObj(Input::new).toArray(Input[]::new);

        static Input of(int dependency) {
            return dependency < FIRST.length ? FIRST[dependency] : new Input(dependency);
        }
    }

    @Override
    public String name() {
        return "call";
    }

    @Override
    public String nameOf(int partition) {
        return functions[partition].name();
    }

    @Override
    public boolean runsUserCode() {
        return true;
    }

    /// Results are values on the heap.
    @Override
    public long grantBytes() {
        return 0;
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        LiftedFunction<?> function = functions[context.partition()];
        Object result;
        try {
            result = function.apply(resolved(context.partition(), inputs));
        } catch (Exception e) {
            throw Calls.<RuntimeException>undeclared(e);
        }
        return function.unwraps() ? expansion(function, result) : Block.value(result, SizeEstimate.of(result));
    }

    private @Nullable Object[] resolved(int partition, TaskInputs inputs) {
        LiftedFunction<?> function = functions[partition];
        Object bare = arguments[partition];
        @Nullable Object[] given =
                function.arity() == 1 || bare == null ? new Object[] {bare} : ((@Nullable Object[]) bare).clone();
        int[] next = new int[inputs.dependencyCount()];
        for (int i = 0; i < given.length; i++) {
            if (given[i] instanceof Input(int dependency)) {
                given[i] = inputs.blocks(dependency).get(next[dependency]++).value();
            } else if (given[i] instanceof Quoted(Delayed<?> value)) {
                given[i] = value;
            }
        }
        return given;
    }

    private static Block expansion(LiftedFunction<?> function, @Nullable Object result) {
        if (result instanceof Delayed<?> inner) {
            return new Expansion(inner.graph()).toBlock();
        }
        throw GraphErrors.notDelayed(function.name(), result == null ? null : result.getClass().getName());
    }

    /// Throws what a user's function threw as it is, checked or not: the engine reports it as the cause.
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E undeclared(Exception thrown) throws E {
        throw (E) thrown;
    }

    @Override
    public String toString() {
        return "Calls[" + functions.length + " calls]";
    }
}

package io.lazuli.graph.delayed;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.error.GraphErrors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A graph of calls written down by name, in any order: a call may read names that are put later.
///
/// ```java
/// var calls = NamedCalls.create()
///         .put("total", add, "a", "b")
///         .put("a", inc, "one")
///         .put("b", inc, "a")
///         .putValue("one", 1);
/// int five = calls.delayed("total", Integer.class).compute();
/// ```
///
/// Calls show their names in plans and errors. Changed by `put`, so not for several threads at once; what [#delayed] gave stays
/// as it was.
public final class NamedCalls {
    /// In the order in which they were put.
    private final Map<String, Spec> specs = new LinkedHashMap<>();

    /// What was put under a name.
    private sealed interface Spec {
        /// Names of what it reads.
        List<String> inputs();

        record Call(LiftedFunction<?> function, List<String> inputs) implements Spec {
            @Override
            public String toString() {
                return "%s%s(%s)%s".formatted(
                        function.isPure() ? "pure " : "", function.name(), String.join(", ", inputs),
                        function.annotations().equals(Annotations.NONE) ? "" : " with " + function.annotations());
            }
        }

        record Value(@Nullable Object value) implements Spec {
            @Override
            public List<String> inputs() {
                return List.of();
            }

            @Override
            public String toString() {
                return "the value " + value;
            }
        }
    }

    private NamedCalls() {}

    public static NamedCalls create() {
        return new NamedCalls();
    }

    /// Puts a call of `function` with the results of `inputs`, whether these names have been put or not. Putting the same again
    /// changes nothing.
    ///
    /// **Errors**: USER if another call or value has the name, or if the function takes another number of arguments.
    public NamedCalls put(String name, LiftedFunction<?> function, String... inputs) {
        if (function.arity() != LiftedFunction.ANY && function.arity() != inputs.length) {
            throw GraphErrors.wrongArgumentCount(name, inputs.length, function.arity());
        }
        return put(name, new Spec.Call(function, List.of(inputs)));
    }

    /// As [#put], for a function of a list.
    public NamedCalls putAll(String name, DelayedListFunction<?, ?> function, Collection<String> inputs) {
        return put(name, new Spec.Call(function, List.copyOf(inputs)));
    }

    /// Puts a value. **Errors**: USER if another value or a call has the name.
    public NamedCalls putValue(String name, @Nullable Object value) {
        return put(name, new Spec.Value(value));
    }

    private NamedCalls put(String name, Spec spec) {
        Spec before = specs.putIfAbsent(name, spec);
        if (before != null && !before.equals(spec)) {
            throw GraphErrors.putTwice(name, spec.toString(), before.toString());
        }
        return this;
    }

    /// The call of this name with all that it needs. Its result is checked to be of `type`, or null, when it is computed.
    ///
    /// **Errors**: USER if the name was not put, if a call that it needs reads a name that was not put, or if calls read each
    /// other in a circle.
    public <T> Delayed<T> delayed(String name, Class<T> type) {
        if (!specs.containsKey(name)) {
            throw GraphErrors.unknownTask(name, names());
        }
        return Delayed.function((Object value) -> type.cast(value)).named(type.getSimpleName())
                .call(new Build().call(name));
    }

    /// Names in the order in which they were put.
    public List<String> names() {
        return List.copyOf(specs.keySet());
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        specs.forEach((name, spec) -> lines.add(name + " = " + spec));
        return String.join("\n", lines);
    }

    /// A depth-first walk that makes calls after their inputs. Without recursion: chains may be long.
    private final class Build {
        private final Map<String, Delayed<?>> made = new HashMap<>();
        /// Names on the path of the walk, the first wanted at the bottom, with how many inputs of each are made.
        private final LinkedHashMap<String, Integer> path = new LinkedHashMap<>();

        Delayed<?> call(String wanted) {
            path.put(wanted, 0);
            Deque<String> stack = new ArrayDeque<>();
            stack.push(wanted);
            while (!stack.isEmpty()) {
                String name = stack.element();
                Spec spec = Objects.requireNonNull(specs.get(name), "only names that were put are entered");
                String missing = nextInput(name, spec);
                if (missing == null) {
                    made.put(name, make(name, spec));
                    path.remove(stack.pop());
                } else {
                    enter(name, missing);
                    stack.push(missing);
                }
            }
            return result(wanted);
        }

        /// The next input that is not made; null if there is none.
        private @Nullable String nextInput(String name, Spec spec) {
            int next = path.getOrDefault(name, 0);
            while (next < spec.inputs().size() && made.containsKey(spec.inputs().get(next))) {
                next++;
            }
            path.put(name, next);
            return next < spec.inputs().size() ? spec.inputs().get(next) : null;
        }

        private void enter(String reader, String input) {
            if (!specs.containsKey(input)) {
                throw GraphErrors.unknownReference(reader, input, names());
            }
            if (path.putIfAbsent(input, 0) != null) {
                List<String> names = List.copyOf(path.keySet());
                throw GraphErrors.cycle(names.subList(names.indexOf(input), names.size()));
            }
        }

        private Delayed<?> result(String name) {
            return Objects.requireNonNull(made.get(name), "inputs are made first");
        }

        private Delayed<?> make(String name, Spec spec) {
            return switch (spec) {
                case Spec.Value(Object value) -> Delayed.value(value);
                case Spec.Call(LiftedFunction<?> function, List<String> inputs) ->
                    function.named(name).callWith(inputs.stream().map(this::result).toArray());
            };
        }
    }
}

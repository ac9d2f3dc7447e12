package io.lazuli.graph.delayed;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// A layer of calls while it is filled, in the order of its partitions.
final class CallLayer {
    private static final int NAMES_SHOWN = 3;

    /// Which of the layers it is, in the order in which they were begun.
    final int index;
    /// Reads only layers of lower stages, and itself.
    final int stage;
    final Annotations annotations;
    private final List<LiftedFunction<?>> functions = new ArrayList<>();
    private final List<@Nullable Object> arguments = new ArrayList<>();
    /// What is read, by what it is read from ([Lowering#producerOf]), in the order of dependencies.
    private final Map<Integer, LinkList> links = new LinkedHashMap<>();
    /// Names of the first few functions.
    private final Set<String> names = new LinkedHashSet<>();

    CallLayer(int index, int stage, Annotations annotations) {
        this.index = index;
        this.stage = stage;
        this.annotations = annotations;
    }

    int size() {
        return functions.size();
    }

    /// Whether its calls are run as `annotations` says: mostly that very object, as calls of a function share it.
    boolean isAnnotated(Annotations annotations) {
        return this.annotations == annotations || this.annotations.equals(annotations);
    }

    /// Adds a call as the next partition. `lowering` knows where the results are that it reads.
    void add(Delayed<?> call, Lowering lowering) {
        if (functions.isEmpty() || functions.getLast() != call.function()) {
            if (names.size() <= NAMES_SHOWN) {
                names.add(call.name());
            }
        }
        Object given = resolved(call, lowering);
        functions.add(call.function());
        arguments.add(given);
    }

    /// The arguments with an [Calls.Input] in place of each [Delayed]; shared with the call if it has none.
    private @Nullable Object resolved(Delayed<?> call, Lowering lowering) {
        if (call.function().arity() == 1) {
            return call.argument(0) instanceof Delayed<?> input ? read(input, lowering) : call.argument(0);
        }
        @Nullable Object[] own = null;
        for (int i = 0; i < call.argumentCount(); i++) {
            if (call.argument(i) instanceof Delayed<?> input) {
                own = own == null ? call.many().clone() : own;
                own[i] = read(input, lowering);
            }
        }
        return own == null ? call.arguments() : own;
    }

    private Calls.Input read(Delayed<?> input, Lowering lowering) {
        int number = lowering.numberOf(input);
        LinkList list = links.computeIfAbsent(lowering.producerOf(number), _ -> new LinkList(links.size()));
        list.add(size(), lowering.partitionOf(number));
        return Calls.Input.of(list.dependency);
    }

    /// The finished layer.
    ///
    /// @param tokens of all that is read, and its own by its index
    Layer toLayer(IntFunction<Token> tokens) {
        Calls calls = new Calls(functions.toArray(LiftedFunction<?>[]::new), arguments.toArray());
        List<Dependency> reads = new ArrayList<>();
        links.forEach((producer, list) -> reads.add(list.on(tokens.apply(producer), size())));
        return new Layer(tokens.apply(index), calls, size(), reads, label(), annotations);
    }

    private String label() {
        String shown = String.join(", ", names.stream().limit(NAMES_SHOWN).toList());
        return names.size() > NAMES_SHOWN ? shown + ", ..." : shown;
    }
}

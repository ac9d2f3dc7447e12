package io.lazuli.graph.delayed;

import io.lazuli.graph.function.Function1;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function of a list, whose calls are lazy and whose list is made of the results of other calls, see
/// [Delayed#functionOfAll].
public final class DelayedListFunction<A extends @Nullable Object, R extends @Nullable Object>
        extends
            LiftedFunction<DelayedListFunction<A, R>> {
    private final Function1<List<A>, R> function;

    DelayedListFunction(Function1<List<A>, R> function, Traits traits) {
        super(traits);
        this.function = function;
    }

    /// A call, not made yet, with the results of `inputs` in their order. The function gets a list that cannot be changed.
    public Delayed<R> call(List<? extends Delayed<? extends A>> inputs) {
        Object[] arguments = inputs.toArray(new Object[0]);
        for (Object input : arguments) {
            Objects.requireNonNull(input, "input is null; give a null as Delayed.value(null)");
        }
        return callWith(arguments);
    }

    @Override
    public Function1<List<A>, R> function() {
        return function;
    }

    @Override
    int arity() {
        return ANY;
    }

    @Override
    DelayedListFunction<A, R> with(Traits traits) {
        return new DelayedListFunction<>(function, traits);
    }

    @Override
    @SuppressWarnings("unchecked")
    R apply(@Nullable Object[] arguments) throws Exception {
        return function.apply((List<A>) Collections.unmodifiableList(Arrays.asList(arguments)));
    }
}

package io.lazuli.graph.delayed;

import io.lazuli.graph.function.Function0;
import org.jspecify.annotations.Nullable;

/// A function of no argument whose calls are lazy, see [Delayed#function].
public final class DelayedFunction0<R extends @Nullable Object>
        extends
            LiftedFunction<DelayedFunction0<R>> {
    private final Function0<R> function;

    DelayedFunction0(Function0<R> function, Traits traits) {
        super(traits);
        this.function = function;
    }

    /// A call, not made yet.
    public Delayed<R> call() {
        return callWith();
    }

    @Override
    public Function0<R> function() {
        return function;
    }

    @Override
    int arity() {
        return 0;
    }

    @Override
    DelayedFunction0<R> with(Traits traits) {
        return new DelayedFunction0<>(function, traits);
    }

    @Override
    R apply(@Nullable Object[] arguments) throws Exception {
        return function.apply();
    }
}

package io.lazuli.graph.delayed;

import io.lazuli.graph.function.Function1;
import org.jspecify.annotations.Nullable;

/// A function of one argument whose calls are lazy, see [Delayed#function].
public final class DelayedFunction1<A extends @Nullable Object, R extends @Nullable Object>
        extends
            LiftedFunction<DelayedFunction1<A, R>> {
    private final Function1<A, R> function;

    DelayedFunction1(Function1<A, R> function, Traits traits) {
        super(traits);
        this.function = function;
    }

    /// A call, not made yet. Give a null as `Delayed.value(null)`, for which the compiler finds the method.
    public Delayed<R> call(A a) {
        return callWith(plain(a));
    }

    /// As above, with results of other calls.
    public Delayed<R> call(Delayed<? extends A> a) {
        return callWith(a);
    }

    @Override
    public Function1<A, R> function() {
        return function;
    }

    @Override
    int arity() {
        return 1;
    }

    @Override
    DelayedFunction1<A, R> with(Traits traits) {
        return new DelayedFunction1<>(function, traits);
    }

    @Override
    @SuppressWarnings("unchecked")
    R apply(@Nullable Object[] arguments) throws Exception {
        return function.apply((A) arguments[0]);
    }
}

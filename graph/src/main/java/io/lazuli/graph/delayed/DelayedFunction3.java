package io.lazuli.graph.delayed;

import io.lazuli.graph.function.Function3;
import org.jspecify.annotations.Nullable;

/// A function of three arguments whose calls are lazy, see [Delayed#function].
public final class DelayedFunction3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object>
        extends
            LiftedFunction<DelayedFunction3<A, B, C, R>> {
    private final Function3<A, B, C, R> function;

    DelayedFunction3(Function3<A, B, C, R> function, Traits traits) {
        super(traits);
        this.function = function;
    }

    /// A call, not made yet. To mix values and [Delayed], wrap the values by [Delayed#value].
    public Delayed<R> call(A a, B b, C c) {
        return callWith(plain(a), plain(b), plain(c));
    }

    /// As above, with results of other calls.
    public Delayed<R> call(Delayed<? extends A> a, Delayed<? extends B> b, Delayed<? extends C> c) {
        return callWith(a, b, c);
    }

    @Override
    public Function3<A, B, C, R> function() {
        return function;
    }

    @Override
    int arity() {
        return 3;
    }

    @Override
    DelayedFunction3<A, B, C, R> with(Traits traits) {
        return new DelayedFunction3<>(function, traits);
    }

    @Override
    @SuppressWarnings("unchecked")
    R apply(@Nullable Object[] arguments) throws Exception {
        return function.apply((A) arguments[0], (B) arguments[1], (C) arguments[2]);
    }
}

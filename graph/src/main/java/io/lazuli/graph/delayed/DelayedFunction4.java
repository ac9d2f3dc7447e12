package io.lazuli.graph.delayed;

import io.lazuli.graph.function.Function4;
import org.jspecify.annotations.Nullable;

/// A function of four arguments whose calls are lazy, see [Delayed#function].
public final class DelayedFunction4<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, D extends @Nullable Object, R extends @Nullable Object>
        extends
            LiftedFunction<DelayedFunction4<A, B, C, D, R>> {
    private final Function4<A, B, C, D, R> function;

    DelayedFunction4(Function4<A, B, C, D, R> function, Traits traits) {
        super(traits);
        this.function = function;
    }

    /// A call, not made yet. To mix values and [Delayed], wrap the values by [Delayed#value].
    public Delayed<R> call(A a, B b, C c, D d) {
        return callWith(plain(a), plain(b), plain(c), plain(d));
    }

    /// As above, with results of other calls.
    public Delayed<R> call(Delayed<? extends A> a, Delayed<? extends B> b, Delayed<? extends C> c,
            Delayed<? extends D> d) {
        return callWith(a, b, c, d);
    }

    @Override
    public Function4<A, B, C, D, R> function() {
        return function;
    }

    @Override
    int arity() {
        return 4;
    }

    @Override
    DelayedFunction4<A, B, C, D, R> with(Traits traits) {
        return new DelayedFunction4<>(function, traits);
    }

    @Override
    @SuppressWarnings("unchecked")
    R apply(@Nullable Object[] arguments) throws Exception {
        return function.apply((A) arguments[0], (B) arguments[1], (C) arguments[2], (D) arguments[3]);
    }
}

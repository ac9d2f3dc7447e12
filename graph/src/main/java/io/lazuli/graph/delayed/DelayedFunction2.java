package io.lazuli.graph.delayed;

import io.lazuli.graph.function.Function2;
import org.jspecify.annotations.Nullable;

/// A function of two arguments whose calls are lazy, see [Delayed#function].
public final class DelayedFunction2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends
            LiftedFunction<DelayedFunction2<A, B, R>> {
    private final Function2<A, B, R> function;

    DelayedFunction2(Function2<A, B, R> function, Traits traits) {
        super(traits);
        this.function = function;
    }

    /// A call, not made yet. Give a null as `Delayed.value(null)`, for which the compiler finds the method.
    public Delayed<R> call(A a, B b) {
        return callWith(plain(a), plain(b));
    }

    /// As above, with the result of another call.
    public Delayed<R> call(A a, Delayed<? extends B> b) {
        return callWith(plain(a), b);
    }

    /// As above, with the result of another call.
    public Delayed<R> call(Delayed<? extends A> a, B b) {
        return callWith(a, plain(b));
    }

    /// As above, with results of other calls.
    public Delayed<R> call(Delayed<? extends A> a, Delayed<? extends B> b) {
        return callWith(a, b);
    }

    @Override
    public Function2<A, B, R> function() {
        return function;
    }

    @Override
    int arity() {
        return 2;
    }

    @Override
    DelayedFunction2<A, B, R> with(Traits traits) {
        return new DelayedFunction2<>(function, traits);
    }

    @Override
    @SuppressWarnings("unchecked")
    R apply(@Nullable Object[] arguments) throws Exception {
        return function.apply((A) arguments[0], (B) arguments[1]);
    }
}

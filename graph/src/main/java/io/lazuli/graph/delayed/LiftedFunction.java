package io.lazuli.graph.delayed;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Token;
import io.lazuli.graph.codec.Portable;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import io.lazuli.graph.function.Function3;
import io.lazuli.graph.function.Function4;
import io.lazuli.graph.function.UserFunction;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function whose calls are lazy: `call` gives a [Delayed] instead of a result. Immutable; [#pure], [#named] and
/// [#annotated] give a changed copy, whose calls differ in that from those made before.
///
/// @param <F> the class itself
public abstract sealed class LiftedFunction<F extends LiftedFunction<F>> implements Portable
        permits DelayedFunction0, DelayedFunction1, DelayedFunction2, DelayedFunction3, DelayedFunction4,
        DelayedListFunction {
    /// In place of an arity: as many as there are.
    static final int ANY = -1;

    private final Traits traits;

    /// What calls of a function have in common.
    ///
    /// @param token   what the function is by content, if its calls are pure
    /// @param unwraps its result is a [Delayed], and that one's result is meant
    record Traits(String name, Annotations annotations, @Nullable Token token, boolean unwraps) {
        static final Traits DEFAULTS = new Traits("call", Annotations.NONE, null, false);

        Traits {
            Objects.requireNonNull(name, "name is null");
            Objects.requireNonNull(annotations, "annotations is null");
        }
    }

    private record Parts(int arity, UserFunction function, Traits traits) implements Form {
        @Override
        public Object restore() {
            return switch (arity) {
                case 0 -> new DelayedFunction0<>((Function0<?>) function, traits);
                case 1 -> new DelayedFunction1<>((Function1<?, ?>) function, traits);
                case 2 -> new DelayedFunction2<>((Function2<?, ?, ?>) function, traits);
                case 3 -> new DelayedFunction3<>((Function3<?, ?, ?, ?>) function, traits);
                case 4 -> new DelayedFunction4<>((Function4<?, ?, ?, ?, ?>) function, traits);
                case ANY -> ofAll((Function1<?, ?>) function, traits);
                default -> throw new IllegalArgumentException("no function has " + arity + " arguments");
            };
        }

        @SuppressWarnings("unchecked") // it was lifted as a function of a list
        private static Object ofAll(Function1<?, ?> function, Traits traits) {
            return new DelayedListFunction<>((Function1<List<Object>, Object>) function, traits);
        }
    }

    LiftedFunction(Traits traits) {
        this.traits = traits;
    }

    /// The same function, whose calls have equal results for equal arguments and do nothing else: equal calls are made once
    /// in a graph, and calls are told by content, so that equal graphs have equal tokens in any JVM.
    ///
    /// **Errors**: arguments must have stable content then, see [Token#of]; others are refused when the graph is made. A
    /// function whose own content cannot be had is told by this object alone.
    public final F pure() {
        return pureAs(function().token());
    }

    /// As [#pure], for a function whose content is known.
    final F pureAs(Token token) {
        return with(new Traits(traits.name, traits.annotations, token, traits.unwraps));
    }

    /// The same function under the name that plans, progress and errors show; at first it is `call`.
    public final F named(String name) {
        return with(new Traits(name, traits.annotations, traits.token, traits.unwraps));
    }

    /// The same function, whose calls are run as `annotations` says: priority, retries, resources and so on.
    public final F annotated(Annotations annotations) {
        return with(new Traits(traits.name, annotations, traits.token, traits.unwraps));
    }

    final F unwrapping() {
        return with(new Traits(traits.name, traits.annotations, traits.token, true));
    }

    public final String name() {
        return traits.name;
    }

    public final Annotations annotations() {
        return traits.annotations;
    }

    public final boolean isPure() {
        return traits.token != null;
    }

    /// Of a pure function. Errors: NullPointerException if it is not pure.
    final Token token() {
        return Objects.requireNonNull(traits.token, "an impure function is not told by content");
    }

    final boolean unwraps() {
        return traits.unwraps;
    }

    @Override
    public final Form form() {
        return new Parts(arity(), function(), traits);
    }

    /// The function that was lifted.
    public abstract UserFunction function();

    /// How many arguments a call has, or [#ANY].
    abstract int arity();

    abstract F with(Traits traits);

    /// Calls the function. `arguments` are the callee's from now on.
    abstract @Nullable Object apply(@Nullable Object[] arguments) throws Exception;

    /// A call whose arguments are values, or [Delayed] for those that are to be computed.
    final <T extends @Nullable Object> Delayed<T> callWith(@Nullable Object... arguments) {
        if (arity() != ANY && arity() != arguments.length) {
            throw GraphErrors.wrongArgumentCount(name(), arguments.length, arity());
        }
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Delayed<?> input && input.isValue()) {
                arguments[i] = input.arguments();
            }
        }
        return new Delayed<>(this, arity() == 1 ? arguments[0] : arguments);
    }

    /// A plain value as an argument, even if it is a [Delayed].
    static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Delayed<?> delayed ? new Quoted(delayed) : value;
    }

    /// Equal if it is the same function with the same name, annotations and purity.
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof LiftedFunction<?> that
                && function().equals(that.function())
                && name().equals(that.name())
                && annotations().equals(that.annotations())
                && isPure() == that.isPure()
                && unwraps() == that.unwraps();
    }

    @Override
    public final int hashCode() {
        return Objects.hash(function(), name());
    }

    @Override
    public final String toString() {
        return traits.name;
    }
}

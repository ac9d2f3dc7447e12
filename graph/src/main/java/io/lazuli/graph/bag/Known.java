package io.lazuli.graph.bag;

import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import io.lazuli.graph.function.UserFunction;
import org.jspecify.annotations.Nullable;

/// Functions of Lazuli itself, whose content is a name and what they are made of: the same in every JVM and version.
final class Known {
    private Known() {}

    record Of0<R extends @Nullable Object>(Token token, Function0<R> body) implements Function0<R> {
        @Override
        public R apply() throws Exception {
            return body.apply();
        }
    }

    record Of1<A extends @Nullable Object, R extends @Nullable Object>(Token token,
            Function1<A, R> body) implements Function1<A, R> {
        @Override
        public R apply(A a) throws Exception {
            return body.apply(a);
        }
    }

    record Of2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>(
            Token token, Function2<A, B, R> body) implements Function2<A, B, R> {
        @Override
        public R apply(A a, B b) throws Exception {
            return body.apply(a, b);
        }
    }

    static <R extends @Nullable Object> Function0<R> function0(String name, Function0<R> body, UserFunction... parts) {
        return new Of0<>(Token.of("bag", name, parts), body);
    }

    static <A extends @Nullable Object, R extends @Nullable Object> Function1<A, R> function1(
            String name, Function1<A, R> body, UserFunction... parts) {
        return new Of1<>(Token.of("bag", name, parts), body);
    }

    static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Function2<A, B, R>
            function2(
                    String name, Function2<A, B, R> body, UserFunction... parts) {
        return new Of2<>(Token.of("bag", name, parts), body);
    }

    /// A function that returns a value of the user's.
    @SuppressWarnings("NullAway") // null is a value, which the checker does not see in a type variable
    static Function0<@Nullable Object> constant(@Nullable Object value) {
        return new Of0<>(tokenOf(value), () -> value);
    }

    /// What a value of the user's is by content; random if it has none that could be hashed.
    @SuppressWarnings("NullAway") // null has a token
    static Token tokenOf(@Nullable Object value) {
        try {
            return Token.of(value);
        } catch (LazuliException e) {
            return Token.random();
        }
    }

    /// The same function; whoever calls it knows what it takes.
    @SuppressWarnings("unchecked")
    static <A, R extends @Nullable Object> Function1<A, R> cast(Function1<?, ? extends R> function) {
        return (Function1<A, R>) function;
    }

    @SuppressWarnings("unchecked")
    static <R extends @Nullable Object> Function2<@Nullable Object, @Nullable Object, R> cast(
            Function2<?, ?, ? extends R> function) {
        return (Function2<@Nullable Object, @Nullable Object, R>) function;
    }

    @SuppressWarnings("unchecked")
    static Function0<@Nullable Object> cast(Function0<?> function) {
        return (Function0<@Nullable Object>) function;
    }
}

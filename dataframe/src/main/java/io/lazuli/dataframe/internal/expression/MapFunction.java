package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import io.lazuli.graph.function.DoubleFunction1;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.LongFunction1;
import io.lazuli.graph.function.UserFunction;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function of the user's program from a value to another of its type.
///
/// @param name         what people see in plans and errors
/// @param callSite     where the user wrote it, such as `Trips.java:42`
/// @param contentToken of code and captures; empty where that cannot be had, and then `token` is random
public record MapFunction(
        String name, String callSite, Body body, Optional<Token> contentToken, Token token) implements Tokenized {
    public MapFunction {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(callSite, "callSite is null");
        Objects.requireNonNull(body, "body is null");
        Objects.requireNonNull(token, "token is null");
    }

    public static MapFunction of(String name, String callSite, Body body) {
        Optional<Token> content = body.function().contentToken().map(code -> Token.of("map", name, code));
        return new MapFunction(name, callSite, body, content, content.orElseGet(Token::random));
    }

    /// Argument and result have the same type.
    public sealed interface Body {
        UserFunction function();
    }

    public record OfDouble(DoubleFunction1 function) implements Body {}

    public record OfLong(LongFunction1 function) implements Body {}

    /// The function may return null: a null row.
    public record OfString(Function1<String, @Nullable String> function) implements Body {}

    public DataType resultType() {
        return switch (body) {
            case OfDouble ignored -> DataType.FLOAT64;
            case OfLong ignored -> DataType.LONG;
            case OfString ignored -> DataType.UTF8;
        };
    }
}

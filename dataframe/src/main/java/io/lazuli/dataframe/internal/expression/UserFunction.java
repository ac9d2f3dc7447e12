package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/// The one way user code enters a plan. Its token is random: equal code is not known to be equal work.
///
/// @param name     what people see in plans and errors
/// @param callSite where the user wrote it, such as `Trips.java:42`
public record UserFunction(String name, String callSite, Body body, Token token) implements Tokenized {
    public UserFunction {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(callSite, "callSite is null");
        Objects.requireNonNull(body, "body is null");
        Objects.requireNonNull(token, "token is null");
    }

    /// Argument and result have the same type.
    public sealed interface Body {}

    public record OfDouble(DoubleUnaryOperator function) implements Body {}

    public record OfLong(LongUnaryOperator function) implements Body {}

    /// The function may return null: a null row.
    public record OfString(UnaryOperator<String> function) implements Body {}

    public DataType resultType() {
        return switch (body) {
            case OfDouble ignored -> DataType.FLOAT64;
            case OfLong ignored -> DataType.LONG;
            case OfString ignored -> DataType.UTF8;
        };
    }
}

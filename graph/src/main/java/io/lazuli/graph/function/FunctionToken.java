package io.lazuli.graph.function;

import io.lazuli.graph.Token;
import java.util.Optional;

/// What a function is by content: the bytecode of its class and of every application class that it reaches, and the values it
/// captures.
public final class FunctionToken {
    private FunctionToken() {}

    /// The function's token, or empty where it cannot be had: then work with it has a random key and is never cached.
    public static Optional<Token> of(UserFunction function) {
        return Optional.empty();
    }
}

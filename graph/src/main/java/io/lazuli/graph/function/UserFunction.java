package io.lazuli.graph.function;

import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import java.io.Serializable;
import java.util.Optional;

/// A function of the user's program: a lambda, a method reference or an object of a class with such a method.
///
/// It is [Serializable] for one reason: so that the compiler keeps what a lambda is made of (its method and what it captures),
/// which [FunctionToken] and code shipping read. It is never written by Java serialization.
public interface UserFunction extends Serializable, Tokenized {
    /// [Its content][#contentToken]; a new random token each time where that cannot be had.
    @Override
    default Token token() {
        return contentToken().orElseGet(Token::random);
    }

    /// What it is by content, see [FunctionToken]. A class that knows better overrides this.
    @Override
    default Optional<Token> contentToken() {
        return FunctionToken.of(this);
    }
}

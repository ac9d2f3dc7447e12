package io.lazuli.graph.function;

import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import java.io.Serializable;

/// A function of the user's program: a lambda, a method reference or an object of a class with such a method.
///
/// It is [Serializable] for one reason: so that the compiler keeps what a lambda is made of (its method and what it captures),
/// which [FunctionToken] and code shipping read. It is never written by Java serialization.
public interface UserFunction extends Serializable, Tokenized {
    /// What it is by content, see [FunctionToken]; a new random token each time where that cannot be had.
    @Override
    default Token token() {
        return FunctionToken.of(this).orElseGet(Token::random);
    }
}

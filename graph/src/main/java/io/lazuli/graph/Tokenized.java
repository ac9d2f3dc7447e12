package io.lazuli.graph;

import java.util.Optional;

/// A value that knows its own content hash, such as a user function or a data source with a fingerprint.
public interface Tokenized {
    /// What it is; random where that cannot be had.
    Token token();

    /// What it is, or empty where that cannot be had. To be overridden where [#token] may be random.
    default Optional<Token> contentToken() {
        return Optional.of(token());
    }
}

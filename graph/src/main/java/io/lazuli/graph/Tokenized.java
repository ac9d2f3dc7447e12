package io.lazuli.graph;

/// A value that knows its own content hash, such as a user function or a data source with a fingerprint.
public interface Tokenized {
    Token token();
}

package io.lazuli.graph.delayed;

import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import io.lazuli.graph.Upstream;

/// The argument of a [Delayed] that is no call: the value of a partition that another graph makes or an engine keeps.
///
/// @param description what it is, as code
record Part(Upstream upstream, int partition, String description) implements Tokenized {
    @Override
    public Token token() {
        return Token.of("partition", upstream, partition);
    }

    /// True if it is what `persist` kept.
    boolean isHeld() {
        return upstream.layers().isEmpty();
    }

    @Override
    public String toString() {
        return description;
    }
}

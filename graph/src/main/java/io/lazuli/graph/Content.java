package io.lazuli.graph;

import io.lazuli.graph.error.LazuliException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// What some values are by content, and which classes give them their behaviour.
///
/// @param types classes of records, enums and [Tokenized] values among them and in them, and classes that they name
public record Content(Token token, SequencedSet<Class<?>> types) {
    /// The content of a sequence of values, with the token that [Token#of] gives; empty if one of them has no stable content
    /// or only a random token.
    public static Optional<Content> of(Object... values) {
        SequencedSet<Class<?>> types = new LinkedHashSet<>();
        try {
            return Optional.of(new Content(Token.of(new Fingerprint(types::add, true), values), types));
        } catch (LazuliException e) {
            return Optional.empty();
        }
    }
}

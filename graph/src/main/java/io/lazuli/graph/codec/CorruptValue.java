package io.lazuli.graph.codec;

/// Bytes are not what an encoder wrote. Becomes a typed error with the position where they stop to make sense.
final class CorruptValue extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptValue(String found) {
        super(found);
    }
}

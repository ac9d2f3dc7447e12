package io.lazuli.graph.delayed;

import org.jspecify.annotations.Nullable;

final class ValueSize {
    private ValueSize() {}

    static long of(@Nullable Object value) {
        return value == null ? 0 : 64;
    }
}

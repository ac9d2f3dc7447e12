package io.lazuli.graph.bag;

import org.jspecify.annotations.Nullable;

/// A value under its key; either may be null.
public record Keyed<K extends @Nullable Object, V extends @Nullable Object>(K key, V value) {
    @SuppressWarnings("NullAway") // the checker does not see that type variables may be null
    static Keyed<@Nullable Object, @Nullable Object> of(@Nullable Object key, @Nullable Object value) {
        return new Keyed<>(key, value);
    }
}

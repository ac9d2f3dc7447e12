package io.lazuli.graph.bag;

import org.jspecify.annotations.Nullable;

/// Two values that belong together; either may be null.
public record Pair<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {
    @SuppressWarnings("NullAway") // the checker does not see that type variables may be null
    static Pair<@Nullable Object, @Nullable Object> of(@Nullable Object first, @Nullable Object second) {
        return new Pair<>(first, second);
    }
}

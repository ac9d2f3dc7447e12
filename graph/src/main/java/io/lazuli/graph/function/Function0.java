package io.lazuli.graph.function;

import org.jspecify.annotations.Nullable;

/// A function of no argument.
@FunctionalInterface
public interface Function0<R extends @Nullable Object> extends UserFunction {
    R apply() throws Exception;
}

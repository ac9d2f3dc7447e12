package io.lazuli.graph.function;

import org.jspecify.annotations.Nullable;

/// A function of one argument.
@FunctionalInterface
public interface Function1<A extends @Nullable Object, R extends @Nullable Object> extends UserFunction {
    R apply(A a) throws Exception;
}

package io.lazuli.graph.function;

import org.jspecify.annotations.Nullable;

/// A function of two arguments.
@FunctionalInterface
public interface Function2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> extends UserFunction {
    R apply(A a, B b) throws Exception;
}

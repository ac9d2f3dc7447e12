package io.lazuli.graph.function;

import org.jspecify.annotations.Nullable;

/// A function of three arguments.
@FunctionalInterface
public interface Function3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object> extends UserFunction {
    R apply(A a, B b, C c) throws Exception;
}

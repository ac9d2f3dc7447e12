package io.lazuli.graph.function;

import org.jspecify.annotations.Nullable;

/// A function of four arguments.
@FunctionalInterface
public interface Function4<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, D extends @Nullable Object, R extends @Nullable Object> extends UserFunction {
    R apply(A a, B b, C c, D d) throws Exception;
}

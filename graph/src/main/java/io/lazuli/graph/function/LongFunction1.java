package io.lazuli.graph.function;

/// A function from a long to a long.
@FunctionalInterface
public interface LongFunction1 extends UserFunction {
    long apply(long value) throws Exception;
}

package io.lazuli.graph.function;

/// A function from a double to a double.
@FunctionalInterface
public interface DoubleFunction1 extends UserFunction {
    double apply(double value) throws Exception;
}

package io.lazuli.graph;

/// Makes the engine that `compute()` uses when none is given; found by [java.util.ServiceLoader].
public interface EngineProvider {
    /// Ownership: the caller closes it.
    Engine open();
}

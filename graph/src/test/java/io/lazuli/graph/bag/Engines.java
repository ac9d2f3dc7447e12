package io.lazuli.graph.bag;

import io.lazuli.graph.ReferenceEngine;

/// The engine that tests of this package run on; its threads live as long as the JVM.
final class Engines {
    static final ReferenceEngine SHARED = ReferenceEngine.open(2, 1 << 20);

    private Engines() {}

    /// The same bag, to run on [#SHARED].
    static <T> Bag<T> here(Bag<T> bag) {
        return bag.withEngine(SHARED);
    }
}

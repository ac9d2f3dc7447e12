package io.lazuli.graph.delayed;

import io.lazuli.graph.Engine;
import io.lazuli.graph.ReferenceEngine;

class DelayedPropertyTest extends DelayedPropertyContract {
    @Override
    protected Engine open(int threads) {
        return ReferenceEngine.open(threads, 1 << 20);
    }
}

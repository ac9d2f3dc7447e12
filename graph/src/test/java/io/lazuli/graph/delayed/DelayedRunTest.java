package io.lazuli.graph.delayed;

import io.lazuli.graph.Engine;
import io.lazuli.graph.ReferenceEngine;

class DelayedRunTest extends DelayedRunContract {
    @Override
    protected Engine open(int threads) {
        return ReferenceEngine.open(threads, 1 << 20);
    }
}

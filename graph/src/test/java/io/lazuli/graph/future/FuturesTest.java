package io.lazuli.graph.future;

import io.lazuli.graph.Engine;
import io.lazuli.graph.ReferenceEngine;

class FuturesTest extends FuturesContract {
    @Override
    protected Engine open(int threads) {
        return ReferenceEngine.open(threads, 1 << 20);
    }
}

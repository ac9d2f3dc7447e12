package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.future.FuturesContract;

class LocalFuturesTest extends FuturesContract {
    @Override
    protected Engine open(int threads) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 26));
    }
}

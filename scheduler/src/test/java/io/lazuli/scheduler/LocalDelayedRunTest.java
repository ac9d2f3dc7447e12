package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.delayed.DelayedRunContract;

class LocalDelayedRunTest extends DelayedRunContract {
    @Override
    protected Engine open(int threads) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 26));
    }
}

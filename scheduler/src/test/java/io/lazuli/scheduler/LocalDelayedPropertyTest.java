package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.delayed.DelayedPropertyContract;

class LocalDelayedPropertyTest extends DelayedPropertyContract {
    @Override
    protected Engine open(int threads) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 26));
    }
}

package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.EngineProvider;

/// Makes a [LocalEngine] the engine of this process, set up by [EngineOptions#fromEnvironment].
public final class LocalEngineProvider implements EngineProvider {
    @Override
    public Engine open() {
        return LocalEngine.open(EngineOptions.fromEnvironment());
    }
}

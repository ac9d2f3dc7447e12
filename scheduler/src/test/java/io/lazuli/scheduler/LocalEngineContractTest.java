package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalEngineContractTest extends EngineContract {
    @TempDir
    Path spillDirectory;

    @Override
    protected Engine open(int threads, long bufferBudgetBytes) {
        return LocalEngine.open(EngineOptions.defaults()
                .withThreads(threads)
                .withBufferBytes(bufferBudgetBytes)
                .withSpillDirectory(spillDirectory));
    }

    @Override
    protected Path spillDirectory(Engine engine) {
        return spillDirectory;
    }
}

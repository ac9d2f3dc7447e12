package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Engine;
import io.lazuli.graph.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// A cluster over connections does what every engine does.
class LoopbackClusterContractTest extends EngineContract {
    @TempDir
    Path spillDirectory;

    @Override
    protected Engine open(int threads, long bufferBudgetBytes) {
        return new LoopbackCluster(2, threads, bufferBudgetBytes, spillDirectory);
    }

    @Override
    protected Path spillDirectory(Engine engine) {
        return spillDirectory;
    }
}

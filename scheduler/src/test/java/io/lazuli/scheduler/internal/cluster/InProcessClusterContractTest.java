package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Engine;
import io.lazuli.graph.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// A cluster without connections does what every engine does.
class InProcessClusterContractTest extends EngineContract {
    @TempDir
    Path spillDirectory;

    @Override
    protected Engine open(int threads, long bufferBudgetBytes) {
        return new InProcessCluster(2, threads, bufferBudgetBytes, spillDirectory);
    }

    @Override
    protected Path spillDirectory(Engine engine) {
        return spillDirectory;
    }
}

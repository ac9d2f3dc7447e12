package io.lazuli.graph;

import java.nio.file.Path;

class ReferenceEngineTest extends EngineContract {
    @Override
    protected Engine open(int threads, long bufferBudgetBytes) {
        return ReferenceEngine.open(threads, bufferBudgetBytes);
    }

    @Override
    protected Path spillDirectory(Engine engine) {
        return ((ReferenceEngine) engine).spillDirectory();
    }
}

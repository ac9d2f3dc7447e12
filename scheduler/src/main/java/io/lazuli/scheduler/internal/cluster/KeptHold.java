package io.lazuli.scheduler.internal.cluster;

import io.lazuli.graph.Persisted;
import io.lazuli.graph.Token;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// One hold on a layer that a cluster keeps.
final class KeptHold implements Persisted {
    private final RemoteEngine engine;
    private final KeptLayer layer;
    private final AtomicBoolean closed = new AtomicBoolean();

    KeptHold(RemoteEngine engine, KeptLayer layer) {
        this.engine = engine;
        this.layer = layer;
    }

    @Override
    public Token token() {
        return layer.token();
    }

    @Override
    public List<Long> rowCounts() {
        return layer.sizes().stream().map(RemoteEngine.ResultSize::rows).toList();
    }

    @Override
    public long byteSize() {
        return layer.sizes().stream().mapToLong(RemoteEngine.ResultSize::bytes).sum();
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            engine.letGo(layer);
        }
    }
}

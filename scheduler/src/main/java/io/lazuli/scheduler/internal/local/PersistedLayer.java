package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Persisted;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.List;
import java.util.function.Consumer;

/// One client's hold on a persisted layer.
final class PersistedLayer implements Persisted {
    private final Token token;
    private final List<StoredResult> results;
    private final Consumer<PersistedLayer> onClose;
    private boolean closed;

    /// Ownership: takes over one hold of each result.
    PersistedLayer(Token token, List<StoredResult> results, Consumer<PersistedLayer> onClose) {
        this.token = token;
        this.results = List.copyOf(results);
        this.onClose = onClose;
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public List<Long> rowCounts() {
        return results.stream().map(StoredResult::rowCount).toList();
    }

    @Override
    public int partitionCount() {
        return results.size();
    }

    @Override
    public long byteSize() {
        return results.stream().mapToLong(StoredResult::byteSize).sum();
    }

    /// Ownership: one hold of each for the caller. Errors: IllegalStateException if closed.
    synchronized List<StoredResult> retainAll() {
        if (closed) {
            throw new IllegalStateException("persisted " + token + " is closed");
        }
        results.forEach(StoredResult::retain);
        return results;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        onClose.accept(this);
        results.forEach(StoredResult::release);
    }
}

package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Persisted;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One client's hold on a persisted layer.
final class PersistedLayer implements Persisted {
    private final Token token;
    private final Lineage lineage;
    /// One per partition; guarded by this object.
    private List<StoredResult> results;
    private final Consumer<PersistedLayer> onClose;
    private boolean closed;

    /// Ownership: takes over one hold of each result.
    PersistedLayer(HeldLayer held, Consumer<PersistedLayer> onClose) {
        this.token = held.token();
        this.lineage = held.lineage();
        this.results = List.copyOf(held.results());
        this.onClose = onClose;
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public synchronized List<Long> rowCounts() {
        return results.stream().map(StoredResult::rowCount).toList();
    }

    @Override
    public synchronized int partitionCount() {
        return results.size();
    }

    @Override
    public synchronized long byteSize() {
        return results.stream().mapToLong(StoredResult::byteSize).sum();
    }

    /// Ownership: one hold of each for the caller. Errors: IllegalStateException if closed.
    synchronized HeldLayer retain() {
        if (closed) {
            throw new IllegalStateException("persisted " + token + " is closed");
        }
        return new HeldLayer(token, results, lineage).retain();
    }

    /// Keeps `restored` instead of the result of that partition, which cannot be read. Returns the one of both that is not kept.
    ///
    /// Ownership: takes over a hold, and gives one.
    synchronized StoredResult replace(int partition, StoredResult restored) {
        if (closed) {
            return restored;
        }
        List<StoredResult> replaced = new ArrayList<>(results);
        StoredResult lost = replaced.set(partition, restored);
        results = List.copyOf(replaced);
        return lost;
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

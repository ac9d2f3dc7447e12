package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.Token;
import io.lazuli.scheduler.internal.job.Lineage;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.List;

/// A persisted layer as a job sees it that starts from it.
///
/// @param results one per partition; whoever has this object has a hold of each
record HeldLayer(Token token, List<StoredResult> results, Lineage lineage) {
    long rowCount() {
        return results.stream().mapToLong(StoredResult::rowCount).sum();
    }

    /// Ownership: the caller has one hold of each result more.
    HeldLayer retain() {
        results.forEach(StoredResult::retain);
        return this;
    }

    void release() {
        results.forEach(StoredResult::release);
    }
}

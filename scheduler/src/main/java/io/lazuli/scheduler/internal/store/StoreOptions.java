package io.lazuli.scheduler.internal.store;

import java.nio.file.Path;

/// What a store may use besides memory outside the heap.
///
/// @param heapBudgetBytes estimated bytes of values that it keeps on the Java heap
/// @param spillParent     where it makes a directory for its files
/// @param spillLimitBytes most bytes of these files; `Long.MAX_VALUE` for all that the disk can spare
/// @param isShared        other processes read them, maybe slice by slice
public record StoreOptions(long heapBudgetBytes, Path spillParent, long spillLimitBytes, boolean isShared) {
    /// Of a process that is not alone.
    public StoreOptions(long heapBudgetBytes, Path spillParent, long spillLimitBytes) {
        this(heapBudgetBytes, spillParent, spillLimitBytes, true);
    }

    /// Of a process that is alone.
    public StoreOptions alone() {
        return new StoreOptions(heapBudgetBytes, spillParent, spillLimitBytes, false);
    }
}

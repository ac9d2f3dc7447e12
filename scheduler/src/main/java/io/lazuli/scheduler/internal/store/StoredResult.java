package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/// One result, wherever it is. Has one holder for each name it goes by (a task id of a job, a persisted layer); the last release
/// drops it. Thread-safe.
public abstract sealed class StoredResult permits KeptResult, ObjectResult, SlicedCopy, SpillableResult {
    private static final AtomicIntegerFieldUpdater<StoredResult> HOLDERS =
            AtomicIntegerFieldUpdater.newUpdater(StoredResult.class, "holders");

    final Key key;
    private final long rowCount;
    private final long byteSize;
    /// Names it goes by; at zero it is gone, and zero is never left again.
    private volatile int holders = 1;

    StoredResult(Key key, Block block) {
        this.key = key;
        this.rowCount = block.rowCount();
        this.byteSize = block.byteSize();
    }

    public final long rowCount() {
        return rowCount;
    }

    public final long byteSize() {
        return byteSize;
    }

    /// Ownership: the caller releases what it gets. Errors: LostResultException if the result was spilled and cannot be read
    /// back, now and ever after: it has to be computed again, and put under its names in place of this one.
    public abstract Block borrow() throws LostResultException;

    /// As [#borrow], for a reader that looks at the rows of one slice, and at nothing else; or at all, if it is [Block#WHOLE]. May wait
    /// for another host.
    public Block borrow(int slice) throws LostResultException {
        return borrow();
    }

    /// Says that the slice is about to be borrowed, so that what it takes begins now. Does not wait. Errors: RESOURCE if there is no
    /// room for it.
    public void prepare(int slice) {
        // Most results are here.
    }

    /// The result in a form in which another process can have it, until that is closed. What is large is in a file then, and its
    /// memory freed as when it is spilled.
    ///
    /// @param maker what made it, which packs it if it is an object
    ///
    /// Cost: the first time what writing it costs, for results that are not in a file; then nothing.
    ///
    /// Ownership: the caller closes it. Errors: LostResultException as for [#borrow]; USER if it is a value that cannot be written;
    /// RESOURCE if the disk does not take it.
    public final ExportedResult export(Operation maker) {
        retain();
        try {
            return new ExportedResult(this, exported(maker));
        } catch (Throwable e) {
            release();
            throw e;
        }
    }

    /// What is exported; it stays as long as this result does. Errors: as for [#export].
    abstract ExportedResult.Form exported(Operation maker);

    /// The cuts that it had when its task finished. Not to be written to.
    abstract long[] cuts();

    public final StoredResult retain() {
        if (HOLDERS.getAndUpdate(this, n -> n > 0 ? n + 1 : n) <= 0) {
            throw new IllegalStateException("result " + key + " is retained after its last release");
        }
        return this;
    }

    /// As [#retain]; false if it is gone.
    public final boolean tryRetain() {
        return HOLDERS.getAndUpdate(this, n -> n > 0 ? n + 1 : n) > 0;
    }

    public final void release() {
        int before = HOLDERS.getAndUpdate(this, n -> n > 0 ? n - 1 : n);
        if (before <= 0) {
            throw new IllegalStateException("result " + key + " is released more often than retained");
        }
        if (before == 1) {
            drop();
        }
    }

    /// True once the last holder has let go.
    final boolean isGone() {
        return holders == 0;
    }

    /// Lets go of everything; called once, after the last release.
    abstract void drop();

    final IllegalStateException usedWhenGone() {
        return new IllegalStateException("result " + key + " is borrowed after its last release");
    }
}

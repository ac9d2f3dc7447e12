package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;

/// Passes the first rows and then wants no more.
final class HeadStep implements BatchConsumer {
    private final Scratch scratch;
    private final BatchConsumer next;
    /// Rows that may still pass.
    private long left;

    HeadStep(Pipeline.Head step, Scratch scratch, BatchConsumer next) {
        this.left = step.rowCount();
        this.scratch = scratch;
        this.next = next;
    }

    @Override
    public void accept(Batch batch) {
        int passing = (int) Math.min(left, batch.rowCount());
        if (passing > 0) {
            left -= passing;
            next.accept(batch.slice(0, passing, scratch));
        }
    }

    @Override
    public boolean wantsMore() {
        return left > 0 && next.wantsMore();
    }
}

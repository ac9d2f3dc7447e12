package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import java.util.List;

/// Turns columns into rows, a group of them at a time. Nothing is copied.
final class UnpivotStep implements BatchConsumer {
    private final List<List<Integer>> groups;
    private final BatchConsumer next;

    UnpivotStep(Pipeline.Unpivot step, BatchConsumer next) {
        this.groups = step.groups();
        this.next = next;
    }

    @Override
    public void accept(Batch batch) {
        for (List<Integer> group : groups) {
            List<Column> columns = batch.columns(group);
            if (next.wantsMore()) {
                next.accept(new Batch(batch.rowCount(), columns));
            }
        }
    }

    @Override
    public boolean wantsMore() {
        return next.wantsMore();
    }
}

package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.user.RowFunction;
import io.lazuli.graph.TaskContext;

/// Passes rows through a function of the user's program. One batch may become many.
final class MapRowsStep implements BatchConsumer {
    private final RowFunction function;
    private final TaskContext context;
    /// Reset before each batch that goes on.
    private final Scratch scratch;
    private final BatchConsumer next;
    /// Of the next batch, in the partition.
    private long firstRow;

    MapRowsStep(Pipeline.MapRows step, TaskContext context, Scratch scratch, BatchConsumer next) {
        this.function = step.function();
        this.context = context;
        this.scratch = scratch;
        this.next = next;
    }

    @Override
    public void accept(Batch batch) {
        scratch.reset();
        RowFunction.Place place = new RowFunction.Place(context.partition(), firstRow);
        function.apply(batch, place, scratch, this::pass);
        firstRow += batch.rowCount();
    }

    private void pass(Batch batch) {
        context.checkCancelled();
        if (batch.rowCount() > 0 && next.wantsMore()) {
            next.accept(batch);
        }
        scratch.reset();
    }

    @Override
    public boolean wantsMore() {
        return next.wantsMore();
    }
}

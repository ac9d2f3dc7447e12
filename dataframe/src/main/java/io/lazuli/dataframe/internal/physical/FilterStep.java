package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.Evaluator;
import io.lazuli.dataframe.internal.kernel.Selection;
import io.lazuli.graph.memory.Reservation;

/// Keeps the rows for which a predicate is true, dense.
final class FilterStep implements BatchConsumer {
    private final Evaluator predicate;
    private final Selection selection = new Selection();
    private final Scratch scratch;
    private final BatchConsumer next;

    FilterStep(Pipeline.Filter step, Reservation memory, Scratch scratch, BatchConsumer next) {
        this.predicate = Evaluator.create(step.predicate(), memory);
        this.scratch = scratch;
        this.next = next;
    }

    @Override
    public void accept(Batch batch) {
        selection.select(predicate.evaluate(batch, scratch));
        if (selection.count() > 0) {
            next.accept(selection.apply(batch, scratch));
        }
    }

    @Override
    public boolean wantsMore() {
        return next.wantsMore();
    }
}

package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.Evaluator;
import io.lazuli.graph.memory.Reservation;
import java.util.List;

/// Replaces the columns by expressions over them.
final class ProjectStep implements BatchConsumer {
    private final List<Evaluator> expressions;
    private final Scratch scratch;
    private final BatchConsumer next;

    ProjectStep(Pipeline.Project step, Reservation memory, Scratch scratch, BatchConsumer next) {
        this.expressions = step.expressions().stream().map(expression -> Evaluator.create(expression, memory)).toList();
        this.scratch = scratch;
        this.next = next;
    }

    @Override
    public void accept(Batch batch) {
        List<Column> columns = expressions.stream().map(expression -> expression.evaluate(batch, scratch)).toList();
        next.accept(new Batch(batch.rowCount(), columns));
    }

    @Override
    public boolean wantsMore() {
        return next.wantsMore();
    }
}

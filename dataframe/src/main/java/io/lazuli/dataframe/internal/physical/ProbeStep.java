package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.join.JoinProbe;
import io.lazuli.dataframe.internal.operator.join.JoinTable;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import java.util.List;

/// Pairs rows with their matches in a join table that tasks share. One batch may become many.
final class ProbeStep implements BatchConsumer {
    private final Pipeline.Matching matching;
    private final TaskContext context;
    /// Reset before each batch that goes on.
    private final Scratch scratch;
    private final Scratch keyScratch;
    private final BatchConsumer next;
    private final JoinTable table;
    private final JoinProbe probe;
    private final JoinedRows joined;

    ProbeStep(Pipeline.Probe step, TaskContext context, TaskInputs inputs, Scratch scratch, BatchConsumer next) {
        this.matching = step.matching();
        this.context = context;
        this.scratch = scratch;
        this.keyScratch = new Scratch(context.memory());
        this.next = next;
        this.table = inputs.block(step.table()).value(JoinTable.class);
        this.probe = new JoinProbe(table, matching.kind());
        this.joined = new JoinedRows(matching);
    }

    @Override
    public void accept(Batch batch) {
        keyScratch.reset();
        List<Column> keys = batch.columns(matching.leftKeys());
        probe.start(keys, 0, batch.rowCount(), keyScratch);
        for (int count = probe.next(); count > 0 && next.wantsMore(); count = probe.next()) {
            context.checkCancelled();
            scratch.reset();
            next.accept(joined.matches(batch, probe, count, table.columns(), scratch));
        }
    }

    @Override
    public boolean wantsMore() {
        return next.wantsMore();
    }
}

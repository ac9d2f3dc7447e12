package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.join.JoinProbe;
import io.lazuli.dataframe.internal.operator.join.JoinTable;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pairs rows with their matches in a join table. One batch may become many.
final class ProbeStep implements BatchConsumer {
    private final Pipeline.Probe step;
    private final TaskContext context;
    /// Reset before each batch that goes on.
    private final Scratch scratch;
    private final Scratch keyScratch;
    private final BatchConsumer next;
    private final Batch build;
    private final JoinProbe probe;

    ProbeStep(Pipeline.Probe step, TaskContext context, TaskInputs inputs, Scratch scratch, BatchConsumer next) {
        this.step = step;
        this.context = context;
        this.scratch = scratch;
        this.keyScratch = new Scratch(context.memory());
        this.next = next;
        JoinTable table =
                step.shared() ? inputs.block(step.build()).value(JoinTable.class) : buildTable(step, context, inputs);
        this.build = table.columns();
        this.probe = new JoinProbe(table, step.kind() == Pipeline.JoinKind.LEFT);
    }

    private static JoinTable buildTable(Pipeline.Probe step, TaskContext context, TaskInputs inputs) {
        int rowCount =
                BlockOrigin.views(inputs, step.build()).mapToInt(BlockOrigin.Rows::count).reduce(0, Math::addExact);
        BlockBuilder rows = new BlockBuilder(
                context.memory(), ColumnBlocks.types(inputs.blocks(step.build()).getFirst()), rowCount);
        BlockOrigin origin = BlockOrigin.whole(inputs, step.build());
        Scratch scratch = new Scratch(context.memory());
        for (Optional<Batch> batch = origin.next(scratch); batch.isPresent(); batch = origin.next(scratch)) {
            context.checkCancelled();
            rows.append(batch.get());
            scratch.reset();
        }
        return JoinTable.build(context.memory(), rows, step.buildKeys());
    }

    @Override
    public void accept(Batch batch) {
        keyScratch.reset();
        probe.start(step.probeKeys().stream().map(batch::column).toList(), batch.rowCount(), keyScratch);
        for (int count = probe.next(); count > 0 && next.wantsMore(); count = probe.next()) {
            context.checkCancelled();
            scratch.reset();
            next.accept(matches(batch, count));
        }
    }

    private Batch matches(Batch batch, int count) {
        List<Column> columns = new ArrayList<>();
        boolean isWhole = probe.isWholeBatch(count);
        for (int c : step.probeColumns()) {
            Column column = batch.column(c);
            columns.add(isWhole ? column : Gather.take(column, probe.left(), 0, count, scratch));
        }
        for (int c : step.buildColumns()) {
            columns.add(switch (step.kind()) {
                case INNER -> Gather.take(build.column(c), probe.right(), 0, count, scratch);
                case LEFT -> Gather.takeOrNull(build.column(c), probe.right(), 0, count, scratch);
            });
        }
        return new Batch(count, columns);
    }

    @Override
    public boolean wantsMore() {
        return next.wantsMore();
    }
}

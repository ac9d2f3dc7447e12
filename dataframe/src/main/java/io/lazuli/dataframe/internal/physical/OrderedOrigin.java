package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.ordered.Carries;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.operator.ordered.OrderedRows;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import java.util.List;
import java.util.Optional;

/// Gives out a partition's rows with the columns of ordered calls.
final class OrderedOrigin implements BatchOrigin {
    private final OrderedRows rows;
    /// The dependency that is read next, while the inputs are gathered.
    private int dependency;

    OrderedOrigin(Pipeline.Ordered origin, TaskContext context, TaskInputs inputs) {
        List<OrderedCall> calls = origin.calls();
        Scratch kept = new Scratch(context.memory());
        Batch own = ColumnBlocks.view(inputs.block(dependency++));
        rows = new OrderedRows(calls, own, origin.isOnly()
                ? alone(calls, own, kept)
                : surroundings(calls, context.partition(), inputs), kept);
    }

    /// The surroundings of the only partition.
    private static OrderedRows.Surroundings alone(List<OrderedCall> calls, Batch rows, Scratch kept) {
        List<OrderedCall> carried = OrderedCall.carried(calls);
        Batch carries = Carries.fold(carried, Carries.summarize(carried, rows, kept), kept);
        return new OrderedRows.Surroundings(carries, 0, List.of(), List.of());
    }

    private OrderedRows.Surroundings surroundings(List<OrderedCall> calls, int partition, TaskInputs inputs) {
        Batch carries = OrderedCall.carried(calls).isEmpty()
                ? new Batch(0, List.of())
                : ColumnBlocks.view(inputs.block(dependency++));
        List<Batch> before = OrderedCall.edgeRows(calls, true) > 0 ? edges(inputs).subList(0, partition) : List.of();
        List<Batch> after = List.of();
        if (OrderedCall.edgeRows(calls, false) > 0) {
            List<Batch> all = edges(inputs);
            after = all.subList(partition + 1, all.size());
        }
        return new OrderedRows.Surroundings(carries, partition, before, after);
    }

    private List<Batch> edges(TaskInputs inputs) {
        return inputs.blocks(dependency++).stream().map(ColumnBlocks::view).toList();
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        return rows.hasNext() ? Optional.of(rows.next(scratch)) : Optional.empty();
    }
}

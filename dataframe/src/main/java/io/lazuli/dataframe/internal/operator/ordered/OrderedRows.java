package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// The rows of one partition with the columns of ordered calls behind them, batch by batch.
public final class OrderedRows {
    /// What comes from other partitions.
    ///
    /// @param carries   the fold of all summaries, see [Carries]
    /// @param partition whose row of the carries this is
    /// @param before    the last rows of each partition before: the columns of [OrderedCall#edgeInputs], in order
    /// @param after     the first rows of each partition behind
    public record Surroundings(Batch carries, int partition, List<Batch> before, List<Batch> after) {
        public Surroundings {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    private final BatchCursor cursor;
    private final List<OrderedColumn> columns = new ArrayList<>();

    /// @param kept memory that is not reset before the end
    public OrderedRows(List<OrderedCall> calls, Batch rows, Surroundings surroundings, Scratch kept) {
        this.cursor = new BatchCursor(rows);
        int carried = 0;
        for (OrderedCall call : calls) {
            if (call.function() == OrderedCall.Function.SHIFT) {
                columns.add(shifted(call, calls, rows, surroundings, kept));
            } else {
                columns.add(column(call, rows, surroundings, carried));
                carried += Carries.width(call);
            }
        }
    }

    /// @param carried the first of the call's columns among the carries
    private static OrderedColumn column(OrderedCall call, Batch rows, Surroundings surroundings, int carried) {
        Column carries = surroundings.carries().column(carried);
        int partition = surroundings.partition();
        return switch (call.function()) {
            case ROWS_AFTER ->
                new RunningLongs(call, carries.longAt(carries.length() - 1) - carries.longAt(partition));
            case ROW_INDEX, COUNT -> new RunningLongs(call, carries.longAt(partition));
            case SUM, PRODUCT -> call.type() == DataType.FLOAT64
                    ? new RunningDoubles(call, carries.doubleAt(partition))
                    : new RunningLongs(call, carries.longAt(partition));
            case MIN, MAX -> new RunningExtreme(call, rows.column(call.input()), carries, partition);
            case FILL_FORWARD, FILL_BACKWARD -> {
                long gap = call.isLimited() ? surroundings.carries().column(carried + 1).longAt(partition) : 0;
                yield new FilledColumn(call, rows.column(call.input()), carries, partition, gap);
            }
            case SHIFT -> throw new IllegalArgumentException(call + " is not carried");
        };
    }

    private static OrderedColumn shifted(OrderedCall call, List<OrderedCall> calls, Batch rows,
            Surroundings surroundings, Scratch kept) {
        boolean before = call.distance() > 0;
        List<Batch> edges = before ? surroundings.before() : surroundings.after();
        int column = OrderedCall.edgeInputs(calls, before).indexOf(call.input());
        List<Column> pieces = new ArrayList<>(edges.stream().map(edge -> edge.column(column)).toList());
        pieces.add(before ? pieces.size() : 0, rows.column(call.input()));
        return new ShiftedColumn(call.distance(), pieces, before ? pieces.size() - 1 : 0, kept);
    }

    public boolean hasNext() {
        return cursor.hasNext();
    }

    /// The next rows; what is not a view of the partition is in `scratch`.
    public Batch next(Scratch scratch) {
        int start = cursor.position();
        Batch batch = cursor.next(scratch);
        List<Column> all = new ArrayList<>(batch.columns());
        columns.forEach(column -> all.add(column.next(batch, start, scratch)));
        return new Batch(batch.rowCount(), all);
    }
}

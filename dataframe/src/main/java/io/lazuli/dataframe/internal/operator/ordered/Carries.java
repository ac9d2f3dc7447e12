package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;

/// What one partition must know of the others: each partition is summed up in one row, and the rows are folded in order.
///
/// ```
///   partitions   [1 2] [] [3 null] [4]        summaries   3, 0, 3, 4        carries   0, 3, 3, 6; 10
/// ```
///
/// Row `p` of the carries is what comes into partition `p`, from before it or (FILL_BACKWARD) from behind; one row more holds
/// the totals. Only of carried calls, see [OrderedCall#carried]: a column each, and behind that of a fill with a limit its gap, the
/// number of nulls between the value and the edge of the partition.
public final class Carries {
    private Carries() {}

    /// The types of summaries and carries.
    public static List<DataType> types(List<OrderedCall> calls) {
        return calls.stream()
                .flatMap(call -> call.isLimited() ? Stream.of(call.type(), DataType.LONG) : Stream.of(call.type()))
                .toList();
    }

    /// Columns of a call.
    static int width(OrderedCall call) {
        return call.isLimited() ? 2 : 1;
    }

    /// One row: a partition's rows summed up.
    public static Batch summarize(List<OrderedCall> calls, Batch rows, Scratch scratch) {
        List<Column> columns = new ArrayList<>();
        for (OrderedCall call : calls) {
            columns.add(summary(call, rows, scratch));
            if (call.isLimited()) {
                columns.add(longs(scratch, gap(call, rows.column(call.input()))));
            }
        }
        return new Batch(1, columns);
    }

    private static Column summary(OrderedCall call, Batch rows, Scratch scratch) {
        return switch (call.function()) {
            case ROW_INDEX, ROWS_AFTER, COUNT -> longs(scratch, RunningLongs.total(call, rows));
            case SUM, PRODUCT -> call.type() == DataType.FLOAT64
                    ? doubles(scratch, RunningDoubles.total(call, rows))
                    : longs(scratch, RunningLongs.total(call, rows));
            case MIN, MAX ->
                pick(rows.column(call.input()), extreme(call, rows.column(call.input()), scratch), scratch);
            case FILL_FORWARD -> pick(rows.column(call.input()), FilledColumn.lastPresent(rows.column(call.input())),
                    scratch);
            case FILL_BACKWARD -> pick(rows.column(call.input()), firstPresent(rows.column(call.input())), scratch);
            case SHIFT -> throw new IllegalArgumentException(call + " is not carried");
        };
    }

    /// The nulls at the edge over which a value is carried; all rows where there is none.
    private static long gap(OrderedCall call, Column column) {
        return isForward(call)
                ? column.length() - 1 - FilledColumn.lastPresent(column)
                : FilledColumn.firstPresent(column, 0);
    }

    private static boolean isForward(OrderedCall call) {
        return call.function() == OrderedCall.Function.FILL_FORWARD;
    }

    private static int extreme(OrderedCall call, Column column, Scratch scratch) {
        ExtremeRow extreme = new ExtremeRow(isMax(call), column.slice(0, 0, scratch), 0);
        int[] picks = new int[Batch.ROWS];
        Batch whole = new Batch(column.length(), List.of(column));
        for (BatchCursor cursor = new BatchCursor(whole); cursor.hasNext();) {
            int start = cursor.position();
            extreme.update(column, start, cursor.next(scratch).column(0), picks);
        }
        return extreme.best();
    }

    private static boolean isMax(OrderedCall call) {
        return call.function() == OrderedCall.Function.MAX;
    }

    private static int firstPresent(Column column) {
        int row = FilledColumn.firstPresent(column, 0);
        return row < column.length() ? row : -1;
    }

    /// One row, or null where it is -1.
    private static Column pick(Column column, int row, Scratch scratch) {
        return Gather.takeOrNull(column, new int[] {row}, 0, 1, scratch);
    }

    /// What comes into each partition, and the totals.
    public static Batch fold(List<OrderedCall> calls, Batch summaries, Scratch scratch) {
        int count = summaries.rowCount() + 1;
        List<Column> columns = new ArrayList<>();
        for (OrderedCall call : calls) {
            Column values = summaries.column(columns.size());
            columns.add(fold(call, values, count, scratch));
            if (call.isLimited()) {
                columns.add(foldGaps(isForward(call), values, summaries.column(columns.size()), scratch));
            }
        }
        return new Batch(count, columns);
    }

    private static Column fold(OrderedCall call, Column summaries, int count, Scratch scratch) {
        return switch (call.function()) {
            case ROW_INDEX, ROWS_AFTER, COUNT -> foldLongs(summaries, 0, Long::sum, scratch);
            case SUM -> call.type() == DataType.FLOAT64
                    ? foldDoubles(summaries, true, scratch)
                    : foldLongs(summaries, 0, Long::sum, scratch);
            case PRODUCT -> call.type() == DataType.FLOAT64
                    ? foldDoubles(summaries, false, scratch)
                    : foldLongs(summaries, 1, (a, b) -> a * b, scratch);
            case MIN, MAX -> Gather.takeOrNull(summaries, extremes(call, summaries, scratch), 0, count, scratch);
            case FILL_FORWARD -> Gather.takeOrNull(summaries, lastPresent(summaries), 0, count, scratch);
            case FILL_BACKWARD -> Gather.takeOrNull(summaries, nextPresent(summaries), 0, count, scratch);
            case SHIFT -> throw new IllegalArgumentException(call + " is not carried");
        };
    }

    private static Column foldLongs(Column summaries, long first, LongBinaryOperator operator, Scratch scratch) {
        long[] carries = new long[summaries.length() + 1];
        carries[0] = first;
        for (int p = 0; p < summaries.length(); p++) {
            carries[p + 1] = operator.applyAsLong(carries[p], summaries.longAt(p));
        }
        return longs(scratch, carries);
    }

    private static Column foldDoubles(Column summaries, boolean isSum, Scratch scratch) {
        double[] carries = new double[summaries.length() + 1];
        carries[0] = isSum ? 0 : 1;
        for (int p = 0; p < summaries.length(); p++) {
            double value = summaries.doubleAt(p);
            carries[p + 1] = isSum ? carries[p] + value : carries[p] * value;
        }
        return doubles(scratch, carries);
    }

    private static int[] extremes(OrderedCall call, Column summaries, Scratch scratch) {
        ExtremeRow extreme = new ExtremeRow(isMax(call), summaries.slice(0, 0, scratch), 0);
        int[] carries = new int[summaries.length() + 1];
        int[] picks = new int[Batch.ROWS];
        carries[0] = ExtremeRow.CARRIED;
        Batch whole = new Batch(summaries.length(), List.of(summaries));
        for (BatchCursor cursor = new BatchCursor(whole); cursor.hasNext();) {
            int start = cursor.position();
            Column rows = cursor.next(scratch).column(0);
            extreme.update(summaries, start, rows, picks);
            System.arraycopy(picks, 0, carries, start + 1, rows.length());
        }
        return carries;
    }

    private static int[] lastPresent(Column summaries) {
        int[] carries = new int[summaries.length() + 1];
        carries[0] = -1;
        for (int p = 0; p < summaries.length(); p++) {
            carries[p + 1] = summaries.isNull(p) ? carries[p] : p;
        }
        return carries;
    }

    private static int[] nextPresent(Column summaries) {
        int[] carries = new int[summaries.length() + 1];
        carries[summaries.length()] = -1;
        int next = -1;
        for (int p = summaries.length() - 1; p >= 0; p--) {
            carries[p] = next;
            next = summaries.isNull(p) ? next : p;
        }
        return carries;
    }

    /// Partitions without a value make the gap wider.
    private static Column foldGaps(boolean isForward, Column values, Column gaps, Scratch scratch) {
        int count = values.length();
        long[] carries = new long[count + 1];
        long gap = 0;
        for (int i = 0; i < count; i++) {
            int p = isForward ? i : count - 1 - i;
            carries[p] = gap;
            gap = gaps.longAt(p) + (values.isNull(p) ? gap : 0);
        }
        carries[count] = gap;
        return longs(scratch, carries);
    }

    private static Column longs(Scratch scratch, long... values) {
        MemorySegment segment = scratch.values(Kind.LONG, values.length);
        MemorySegment.copy(values, 0, segment, Layouts.LONG, 0, values.length);
        return new Column(DataType.LONG, values.length, Column.NO_NULLS, segment);
    }

    private static Column doubles(Scratch scratch, double... values) {
        MemorySegment segment = scratch.values(Kind.DOUBLE, values.length);
        MemorySegment.copy(values, 0, segment, Layouts.DOUBLE, 0, values.length);
        return new Column(DataType.FLOAT64, values.length, Column.NO_NULLS, segment);
    }
}

package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.sort.Interleave;

/// Nulls replaced by the nearest value before or behind them, at the edge of the partition by the one that was carried; where there is
/// a limit, those that are no farther away from it.
///
/// ```
///   carried 7, gap 2   | null | null | 5 | null |       forward, limit 3: 7 is 3 rows before the first row, 4 before the second
///                      |   7  | null | 5 |   5  |
/// ```
final class FilledColumn implements OrderedColumn {
    private final int input;
    private final boolean isForward;
    /// The partition's column, and the carried values.
    private final Column[] sources;
    private final int carryRow;
    /// The rows that a value may be away.
    private final long limit;
    /// Nulls between the carried value and the edge.
    private final long gap;
    private final int[] from = new int[Batch.ROWS];
    private final int[] rows = new int[Batch.ROWS];
    /// The nearest row with a value: the last one before the next row, or the first one from it on; -1 and the number of rows
    /// are the edges.
    private int nearest;

    /// @param gap 0 where there is no limit
    FilledColumn(OrderedCall call, Column whole, Column carries, int carryRow, long gap) {
        this.input = call.input();
        this.isForward = call.function() == OrderedCall.Function.FILL_FORWARD;
        this.sources = new Column[] {whole, carries};
        this.carryRow = carryRow;
        this.limit = call.isLimited() ? call.distance() : Long.MAX_VALUE;
        this.gap = gap;
        this.nearest = isForward ? -1 : firstPresent(whole, 0);
    }

    @Override
    public Column next(Batch batch, int start, Scratch scratch) {
        Column column = batch.column(input);
        if (!column.mayHaveNulls()) {
            return column;
        }
        if (isForward) {
            pickLast(column, start);
        } else {
            pickNext(start, column.length());
        }
        return Interleave.take(sources, from, rows, column.length(), scratch);
    }

    private void pickLast(Column column, int start) {
        for (int row = 0; row < column.length(); row++) {
            if (!column.isNull(row)) {
                nearest = start + row;
            }
            pick(row, start + row, nearest >= 0);
        }
    }

    private void pickNext(int start, int length) {
        Column whole = sources[0];
        for (int row = 0; row < length; row++) {
            if (nearest < start + row) {
                nearest = firstPresent(whole, start + row);
            }
            pick(row, start + row, nearest < whole.length());
        }
    }

    /// @param position of the row in the partition; what is too far from its value takes its own, which is null
    private void pick(int row, int position, boolean isInside) {
        boolean isNear = Math.abs(position - nearest) + (isInside ? 0 : gap) <= limit;
        from[row] = isInside || !isNear ? 0 : 1;
        rows[row] = isNear ? nearestRow(isInside) : position;
    }

    private int nearestRow(boolean isInside) {
        return isInside ? nearest : carryRow;
    }

    /// The first row from `start` on that is not null; the number of rows where there is none.
    static int firstPresent(Column column, int start) {
        int row = start;
        while (row < column.length() && column.isNull(row)) {
            row++;
        }
        return row;
    }

    /// The last row that is not null; -1 where there is none.
    static int lastPresent(Column column) {
        int row = column.length() - 1;
        while (row >= 0 && column.isNull(row)) {
            row--;
        }
        return row;
    }
}

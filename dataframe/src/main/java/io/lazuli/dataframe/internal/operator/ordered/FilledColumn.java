package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.sort.Interleave;

/// Nulls replaced by the nearest value before or behind them, at the edge of the partition by the one that was carried.
final class FilledColumn implements OrderedColumn {
    private final int input;
    private final boolean isForward;
    /// The partition's column, and the carried values.
    private final Column[] sources;
    private final int carryRow;
    private final int[] from = new int[Batch.ROWS];
    private final int[] rows = new int[Batch.ROWS];
    /// The nearest row with a value: the last one before the next row, or the first one from it on; -1 and the number of rows
    /// are the edges.
    private int nearest;

    FilledColumn(OrderedCall call, Column whole, Column carries, int carryRow) {
        this.input = call.input();
        this.isForward = call.function() == OrderedCall.Function.FILL_FORWARD;
        this.sources = new Column[] {whole, carries};
        this.carryRow = carryRow;
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
            pick(row, nearest >= 0);
        }
    }

    private void pickNext(int start, int length) {
        Column whole = sources[0];
        for (int row = 0; row < length; row++) {
            if (nearest < start + row) {
                nearest = firstPresent(whole, start + row);
            }
            pick(row, nearest < whole.length());
        }
    }

    private void pick(int row, boolean isInside) {
        from[row] = isInside ? 0 : 1;
        rows[row] = isInside ? nearest : carryRow;
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

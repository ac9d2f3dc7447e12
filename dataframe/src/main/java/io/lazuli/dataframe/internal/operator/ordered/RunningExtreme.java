package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Validity;
import io.lazuli.dataframe.internal.operator.sort.Interleave;

/// The least or greatest value so far.
final class RunningExtreme implements OrderedColumn {
    private final int input;
    private final ExtremeRow extreme;
    /// The partition's column, and the carried values.
    private final Column[] sources;
    private final int carryRow;
    private final int[] from = new int[Batch.ROWS];
    private final int[] rows = new int[Batch.ROWS];

    RunningExtreme(OrderedCall call, Column whole, Column carries, int carryRow) {
        this.input = call.input();
        this.extreme = new ExtremeRow(call.function() == OrderedCall.Function.MAX, carries, carryRow);
        this.sources = new Column[] {whole, carries};
        this.carryRow = carryRow;
    }

    @Override
    public Column next(Batch batch, int start, Scratch scratch) {
        Column column = batch.column(input);
        extreme.update(sources[0], start, column, rows);
        for (int row = 0; row < column.length(); row++) {
            boolean isCarried = rows[row] == ExtremeRow.CARRIED;
            from[row] = isCarried ? 1 : 0;
            rows[row] = isCarried ? carryRow : rows[row];
        }
        Column picked = Interleave.take(sources, from, rows, column.length(), scratch);
        return column.mayHaveNulls() ? Validity.restrict(picked, column.validity(), scratch) : picked;
    }
}

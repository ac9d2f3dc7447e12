package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import java.util.List;

/// The rows of a batch whose keys have no null, for operators to which a null key means no key. Confined to one thread.
public final class NonNullRows {
    private final int[] rows = new int[Batch.ROWS];
    private int count;
    private boolean isAll;

    /// The keys of the rows without nulls, dense.
    public List<Column> select(List<Column> keys, int rowCount, Scratch scratch) {
        count = rowCount;
        isAll = keys.stream().noneMatch(Column::mayHaveNulls);
        if (isAll) {
            return keys;
        }
        count = 0;
        for (int row = 0; row < rowCount; row++) {
            if (hasNoNull(keys, row)) {
                rows[count++] = row;
            }
        }
        return keys.stream().map(key -> withoutNulls(Gather.take(key, rows, 0, count, scratch))).toList();
    }

    private static boolean hasNoNull(List<Column> keys, int row) {
        for (int k = 0; k < keys.size(); k++) {
            if (keys.get(k).isNull(row)) {
                return false;
            }
        }
        return true;
    }

    private static Column withoutNulls(Column key) {
        return new Column(key.type(), key.length(), Column.NO_NULLS, key.values(), key.data());
    }

    /// Number of rows selected.
    public int count() {
        return count;
    }

    /// Moves what stands densely in `values`, one for each selected row, to the places of the rows; `others` everywhere else.
    public void spread(int[] values, int rowCount, int others) {
        if (isAll) {
            return;
        }
        int from = count - 1;
        for (int row = rowCount - 1; row >= 0; row--) {
            boolean isSelected = from >= 0 && rows[from] == row;
            values[row] = isSelected ? values[from--] : others;
        }
    }
}

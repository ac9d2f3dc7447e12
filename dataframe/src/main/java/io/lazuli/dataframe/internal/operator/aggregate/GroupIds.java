package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Bits;
import java.util.List;

/// The group of each row of the batch in flight.
final class GroupIds {
    private final int[] ids = new int[Batch.ROWS];
    private final int[] masked = new int[Batch.ROWS];
    private int rowCount;

    int[] ids() {
        return ids;
    }

    int rowCount() {
        return rowCount;
    }

    void setRowCount(int rowCount) {
        this.rowCount = rowCount;
    }

    /// The ids with `elsewhere` for rows where one of `inputs` is null. So the loops over values know no nulls: those of null
    /// rows go to a place that nobody reads.
    int[] withoutNulls(List<Column> inputs, int elsewhere) {
        int[] result = ids;
        for (Column input : inputs) {
            if (input.mayHaveNulls()) {
                if (result == ids) {
                    System.arraycopy(ids, 0, masked, 0, rowCount);
                    result = masked;
                }
                mask(input, elsewhere);
            }
        }
        return result;
    }

    private void mask(Column values, int elsewhere) {
        for (int w = 0, words = Bits.wordCount(rowCount); w < words; w++) {
            long nulls = ~Bits.word(values.validity(), w) & Bits.mask(w, rowCount);
            for (; nulls != 0; nulls &= nulls - 1) {
                masked[w * 64 + Long.numberOfTrailingZeros(nulls)] = elsewhere;
            }
        }
    }
}

package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.dataframe.internal.operator.key.NonNullRows;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Looks batches up in a [JoinTable]: after [#start], each [#next] gives up to [Batch#ROWS] pairs of a row and its match. A row with
/// more matches than that goes on in the next call, so a hot key costs no memory. Confined to one thread.
public final class JoinProbe {
    private static final int NO_MATCH = -1;

    private final JoinTable table;
    private final boolean keepsUnmatched;
    private final KeyBatch keyScratch = new KeyBatch();
    private final NonNullRows keyed = new NonNullRows();
    private final int[] ids = new int[Batch.ROWS];
    private final int[] left = new int[Batch.ROWS];
    private final int[] right = new int[Batch.ROWS];
    private int rowCount;
    /// The row to go on with, and how many of its matches were given.
    private int row;
    private int given;

    /// @param keepsUnmatched whether a row without match is paired with -1, instead of being left out
    public JoinProbe(JoinTable table, boolean keepsUnmatched) {
        this.table = table;
        this.keepsUnmatched = keepsUnmatched;
    }

    /// Begins with the rows of a batch. Null keys match nothing.
    public void start(List<Column> keys, int rowCount, Scratch scratch) {
        List<Column> selected = keyed.select(keys, rowCount, scratch);
        table.index().find(selected, keyed.count(), keyScratch, ids);
        keyed.spread(ids, rowCount, NO_MATCH);
        this.rowCount = rowCount;
        row = 0;
        given = 0;
    }

    /// The number of pairs in [#left] and [#right]; 0 when all rows are done.
    public int next() {
        int count = 0;
        while (row < rowCount && count < Batch.ROWS) {
            int id = ids[row];
            if (id != NO_MATCH) {
                count = giveMatches(id, count);
            } else {
                left[count] = row++;
                right[count] = NO_MATCH;
                count += keepsUnmatched ? 1 : 0;
            }
        }
        return count;
    }

    private int giveMatches(int id, int count) {
        MemorySegment rows = table.rows();
        int start = table.starts().get(Layouts.INT, id * 4L) + given;
        int left = table.starts().get(Layouts.INT, id * 4L + 4) - start;
        int giving = Math.min(left, Batch.ROWS - count);
        for (int i = 0; i < giving; i++) {
            this.left[count + i] = row;
            right[count + i] = rows.get(Layouts.INT, (start + i) * 4L);
        }
        given = giving == left ? 0 : given + giving;
        row += giving == left ? 1 : 0;
        return count + giving;
    }

    /// Rows of the batch. Borrowed until the next call.
    public int[] left() {
        return left;
    }

    /// Rows of [JoinTable#columns], -1 for no match. Borrowed until the next call.
    public int[] right() {
        return right;
    }

    /// True if `count` pairs, the first of a batch, are all its rows in order.
    public boolean isWholeBatch(int count) {
        return table.isUnique() && count == rowCount;
    }
}

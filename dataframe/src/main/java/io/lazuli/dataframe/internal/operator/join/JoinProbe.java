package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.dataframe.internal.operator.key.NonNullRows;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Looks batches up in a [JoinTable], whose side is the right one: after [#start], each [#next] gives up to [Batch#ROWS] pairs of a
/// left row and its match, or left rows alone. A row with more matches than that goes on in the next call, so a hot key costs no
/// memory. Confined to one thread.
public final class JoinProbe {
    private static final int NO_MATCH = -1;
    /// Instead of an id: this row gives nothing.
    private static final int DROPPED = -2;

    private final JoinTable table;
    private final JoinPass pass;
    private final boolean givesPairs;
    /// Ids from here on give something.
    private final int lowestKept;
    private final KeyBatch keyScratch = new KeyBatch();
    private final NonNullRows keyed = new NonNullRows();
    private final int[] ids = new int[Batch.ROWS];
    private final int[] left = new int[Batch.ROWS];
    private final int[] right = new int[Batch.ROWS];
    private int rowCount;
    /// The row to go on with, and how many of its matches were given.
    private int row;
    private int given;

    /// A probe of the whole right side, of which no row is to stand alone.
    public JoinProbe(JoinTable table, JoinKind kind) {
        this(table, kind, JoinPass.only(kind));
    }

    public JoinProbe(JoinTable table, JoinKind kind, JoinPass pass) {
        this.table = table;
        this.pass = pass;
        this.givesPairs = kind.givesPairs();
        boolean keepsUnmatched = kind.left() == JoinKind.Alone.UNMATCHED && pass.isLast();
        this.lowestKept = keepsUnmatched ? NO_MATCH : 0;
    }

    /// Begins with the rows of a batch, the first of which is number `firstRow` of the left side. Null keys match nothing.
    public void start(List<Column> keys, int firstRow, int rowCount, Scratch scratch) {
        List<Column> selected = keyed.select(keys, rowCount, scratch);
        table.index().find(selected, keyed.count(), keyScratch, ids);
        keyed.spread(ids, rowCount, NO_MATCH);
        pass.note(ids, rowCount, firstRow, DROPPED);
        this.rowCount = rowCount;
        row = 0;
        given = 0;
    }

    /// The number of pairs in [#left] and [#right], or of rows in [#left]; 0 when all rows are done.
    public int next() {
        if (!givesPairs) {
            return alone();
        }
        return table.isUnique() ? onlyMatches() : allMatches();
    }

    /// Left rows with a match, or without one, as the kind of the join asks.
    private int alone() {
        int count = 0;
        boolean keepsUnmatched = lowestKept == NO_MATCH;
        boolean keepsMatched = pass.keepsMatched();
        for (; row < rowCount; row++) {
            int id = ids[row];
            left[count] = row;
            count += id >= 0 && keepsMatched || id == NO_MATCH && keepsUnmatched ? 1 : 0;
        }
        return count;
    }

    /// Of a table in which each key occurs once: all rows of the batch at once.
    private int onlyMatches() {
        if (row == rowCount) {
            return 0;
        }
        row = rowCount;
        int count = compact(ids, rowCount, lowestKept, left, right);
        if (!table.idsAreRows()) {
            toRows(right, count, table.rows());
        }
        return count;
    }

    private static int compact(int[] ids, int rowCount, int lowestKept, int[] left, int[] right) {
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            int id = ids[row];
            left[count] = row;
            right[count] = id;
            count += id >= lowestKept ? 1 : 0;
        }
        return count;
    }

    private static void toRows(int[] ids, int count, MemorySegment rows) {
        for (int i = 0; i < count; i++) {
            ids[i] = ids[i] < 0 ? NO_MATCH : rows.get(Layouts.INT, ids[i] * 4L);
        }
    }

    private int allMatches() {
        MemorySegment starts = table.starts();
        MemorySegment rows = table.rows();
        int count = 0;
        while (row < rowCount && count < Batch.ROWS) {
            int id = ids[row];
            if (id >= 0) {
                count = giveMatches(starts, rows, id, count);
            } else {
                left[count] = row++;
                right[count] = NO_MATCH;
                count += id >= lowestKept ? 1 : 0;
            }
        }
        return count;
    }

    private int giveMatches(MemorySegment starts, MemorySegment rows, int id, int count) {
        int start = starts.get(Layouts.INT, id * 4L) + given;
        int rest = starts.get(Layouts.INT, id * 4L + 4) - start;
        int giving = Math.min(rest, Batch.ROWS - count);
        for (int i = 0; i < giving; i++) {
            left[count + i] = row;
            right[count + i] = rows.get(Layouts.INT, (start + i) * 4L);
        }
        given = giving == rest ? 0 : given + giving;
        row += giving == rest ? 1 : 0;
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

    /// True if `count` results, the first of a batch, are all its rows in order.
    public boolean isWholeBatch(int count) {
        return (!givesPairs || table.isUnique()) && count == rowCount;
    }
}

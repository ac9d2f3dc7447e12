package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.sort.Interleave;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Values of rows that stand elsewhere: pieces of the partitions before or behind, which join up with this one's rows without
/// a gap as far as the shift reaches.
///
/// ```
///   | tail of 0 | tail of 1 | rows of 2 |         shift by 3: row r takes what stands 3 to the left of it
///                           ^ base
/// ```
final class ShiftedColumn implements OrderedColumn {
    private final long distance;
    private final Column whole;
    /// The pieces in order, and a null row at the end.
    private final Column[] sources;
    /// Where each piece starts; the last one is where all of them end.
    private final long[] starts;
    /// Where the partition's own rows start.
    private final long base;
    private final int[] from = new int[Batch.ROWS];
    private final int[] rows = new int[Batch.ROWS];
    /// The piece that the next value is looked for in; never goes back.
    private int piece;

    /// @param pieces with the partition's own rows at `own`
    ShiftedColumn(long distance, List<Column> pieces, int own, Scratch kept) {
        this.distance = distance;
        this.whole = pieces.get(own);
        this.sources = pieces.toArray(new Column[pieces.size() + 1]);
        this.sources[pieces.size()] = nullRow(whole, kept);
        this.starts = new long[pieces.size() + 1];
        for (int i = 0; i < pieces.size(); i++) {
            starts[i + 1] = starts[i] + pieces.get(i).length();
        }
        this.base = starts[own];
    }

    private static Column nullRow(Column column, Scratch kept) {
        MemorySegment values = kept.values(column.kind(), 1).fill((byte) 0);
        return new Column(column.type(), 1, kept.bits(1).fill((byte) 0), values);
    }

    @Override
    public Column next(Batch batch, int start, Scratch scratch) {
        int length = batch.rowCount();
        long first = start - distance;
        if (first >= 0 && first + length <= whole.length()) {
            return whole.slice((int) first, length, scratch);
        }
        for (int row = 0; row < length; row++) {
            pick(row, base + first + row);
        }
        return Interleave.take(sources, from, rows, length, scratch);
    }

    private void pick(int row, long position) {
        if (position < 0 || position >= starts[starts.length - 1]) {
            from[row] = sources.length - 1;
            rows[row] = 0;
            return;
        }
        while (position >= starts[piece + 1]) {
            piece++;
        }
        from[row] = piece;
        rows[row] = (int) (position - starts[piece]);
    }
}

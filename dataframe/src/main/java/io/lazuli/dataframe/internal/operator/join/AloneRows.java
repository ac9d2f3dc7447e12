package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// The rows of a [JoinTable] that stand alone once all left rows were looked up: those whose key was met, or those whose key was not,
/// to which rows with a null key belong.
public final class AloneRows {
    private final Optional<JoinTable> table;
    private final MemorySegment metIds;
    private final boolean wantsMet;
    private final int idCount;
    /// The id to go on with and the next of its rows.
    private int id;
    private int position;

    AloneRows(JoinTable table, MemorySegment metIds, JoinKind.Alone wanted) {
        this.table = Optional.of(table);
        this.metIds = metIds;
        this.wantsMet = wanted == JoinKind.Alone.MATCHED;
        // rows without a key are behind the last id
        this.idCount = table.index().count() + (table.idsAreRows() ? 0 : 1);
    }

    private AloneRows() {
        table = Optional.empty();
        metIds = MemorySegment.NULL;
        wantsMet = false;
        idCount = 0;
    }

    static AloneRows none() {
        return new AloneRows();
    }

    /// Writes the next rows, at most [Batch#ROWS]; 0 at the end.
    public int next(int[] rows) {
        if (id == idCount) {
            return 0;
        }
        JoinTable all = table.orElseThrow();
        return all.idsAreRows() ? nextIds(rows) : nextMatches(rows, all.starts(), all.rows());
    }

    private int nextIds(int[] rows) {
        int count = 0;
        for (; id < idCount && count < Batch.ROWS; id++) {
            rows[count] = id;
            count += Bits.get(metIds, id) == wantsMet ? 1 : 0;
        }
        return count;
    }

    private int nextMatches(int[] rows, MemorySegment starts, MemorySegment matches) {
        int count = 0;
        while (id < idCount && count < Batch.ROWS) {
            int end = starts.get(Layouts.INT, id * 4L + 4);
            if (position == end || Bits.get(metIds, id) != wantsMet) {
                position = end;
                id++;
            } else {
                int giving = Math.min(end - position, Batch.ROWS - count);
                MemorySegment.copy(matches, Layouts.INT, position * 4L, rows, count, giving);
                position += giving;
                count += giving;
            }
        }
        return count;
    }
}

package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import java.lang.foreign.MemorySegment;

/// The rows of a batch for which a condition is true, ascending. Reused from batch to batch; confined to one thread.
public final class Selection {
    /// Indexes of the selected rows; the first `count` are valid.
    private int[] rows = new int[Batch.ROWS];
    private int count;

    /// Selects the rows where a BOOL column is true, neither false nor null.
    public void select(Column condition) {
        if (rows.length < condition.length()) {
            rows = new int[condition.length()];
        }
        MemorySegment validity = condition.mayHaveNulls() ? condition.validity() : condition.values();
        count = select(condition.values(), validity, condition.length(), rows);
    }

    public int count() {
        return count;
    }

    /// Row indexes, of which the first [#count] are valid. Borrowed until the next [#select].
    public int[] rows() {
        return rows;
    }

    /// The selected rows of `batch`, dense: a view of it where they are all, none or neighbours, else gathered in scratch.
    public Batch apply(Batch batch, Scratch scratch) {
        if (count == 0) {
            return batch.slice(0, 0, scratch);
        }
        boolean areNeighbours = rows[count - 1] - rows[0] == count - 1;
        return areNeighbours ? batch.slice(rows[0], count, scratch) : Gather.take(batch, rows, 0, count, scratch);
    }

    private static int select(MemorySegment values, MemorySegment validity, int rowCount, int[] rows) {
        int count = 0;
        for (int word = 0; word < Bits.wordCount(rowCount); word++) {
            long bits = Bits.word(values, word) & Bits.word(validity, word) & Bits.mask(word, rowCount);
            int base = word * 64;
            if (bits == -1L) {
                for (int i = 0; i < 64; i++) {
                    rows[count + i] = base + i;
                }
                count += 64;
                continue;
            }
            for (; bits != 0; bits &= bits - 1) {
                rows[count++] = base + Long.numberOfTrailingZeros(bits);
            }
        }
        return count;
    }
}

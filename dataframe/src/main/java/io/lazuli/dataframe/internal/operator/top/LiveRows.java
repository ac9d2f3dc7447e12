package io.lazuli.dataframe.internal.operator.top;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import java.util.function.Consumer;

/// Some rows of many, ascending.
final class LiveRows {
    private final long[] bits;
    /// Rows before each word; empty until [#rank].
    private int[] ranks = {};

    LiveRows(int rowCount) {
        bits = new long[(rowCount + 63) / 64];
    }

    void add(int row) {
        bits[row >>> 6] |= 1L << row;
    }

    /// Prepares [#rankOf].
    void rank() {
        ranks = new int[bits.length];
        for (int word = 1; word < bits.length; word++) {
            ranks[word] = ranks[word - 1] + Long.bitCount(bits[word - 1]);
        }
    }

    /// How many of the rows come before this one.
    int rankOf(int row) {
        return ranks[row >>> 6] + Long.bitCount(bits[row >>> 6] & (1L << row) - 1);
    }

    /// Hands on the rows in batches, in `scratch`.
    void forEachBatch(Batch rows, Scratch scratch, Consumer<Batch> target) {
        int[] picked = new int[Batch.ROWS + 64];
        int count = 0;
        for (int word = 0; word < bits.length; word++) {
            for (long left = bits[word]; left != 0; left &= left - 1) {
                picked[count++] = word * 64 + Long.numberOfTrailingZeros(left);
            }
            if (count > Batch.ROWS - 64 || word == bits.length - 1) {
                scratch.reset();
                target.accept(Gather.take(rows, picked, 0, count, scratch));
                count = 0;
            }
        }
    }
}

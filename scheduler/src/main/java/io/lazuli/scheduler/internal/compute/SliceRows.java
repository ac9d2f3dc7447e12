package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.memory.Block;
import java.util.BitSet;
import java.util.function.IntToLongFunction;

/// How many rows the producers of an exchange have put into each slice, noted when they end: each consumer must find as many in its
/// slice. So rows that go from one slice to another are missed, though their sum is right.
///
/// ```
///   producer 0   [ 3 | 4 | 0 ]
///   producer 1   [ 2 | 0 | 5 ]
///                  5   4   5     what consumers 0, 1 and 2 must take
/// ```
///
/// Of producers that ran in other processes the counts come with their blocks, by a way of their own.
///
/// Thread-safe; all producers have ended, and their blocks are here, before the first consumer starts.
final class SliceRows {
    private final long[] rows;
    /// Producers that are in the sums: one that runs again makes the same rows.
    private final BitSet counted = new BitSet();

    SliceRows(int sliceCount) {
        this.rows = new long[sliceCount];
    }

    int sliceCount() {
        return rows.length;
    }

    /// Notes the result of a producer that ends now.
    void add(int producer, Block block) {
        add(producer, slice -> block.sliceEnd(slice) - block.sliceStart(slice));
    }

    /// Notes what was noted where a producer ended, in another process.
    void add(int producer, long[] sliceRows) {
        add(producer, slice -> sliceRows[slice]);
    }

    private synchronized void add(int producer, IntToLongFunction sliceRows) {
        if (counted.get(producer)) {
            return;
        }
        counted.set(producer);
        for (int slice = 0; slice < rows.length; slice++) {
            rows[slice] += sliceRows.applyAsLong(slice);
        }
    }

    synchronized long rows(int slice) {
        return rows[slice];
    }
}

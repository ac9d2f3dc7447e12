package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// 32-bit hashes of keys. They depend on the values alone, so that every task of a job, and both sides of a join, agree: on
/// the slice by the high bits, on the place in a table by the low ones.
///
/// Each word is folded in by multiply and shift, as in Vigna's and Steele's finalisers; the high half of a last product is the
/// hash.
public final class KeyHasher {
    /// Digits of pi: small integers spread evenly only if the first product is not of them alone.
    private static final long START = 0x243F6A8885A308D3L;
    private static final long FOLD = 0x9E3779B97F4A7C15L;
    private static final long FINISH = 0xD6E8FEB86659FD93L;
    private static final long NULL_TEXT = fold(fold(START, Lanes.NULL), 0);

    private final long[] state = new long[Batch.ROWS];
    private final long[] first = new long[Batch.ROWS];
    private final long[] second = new long[Batch.ROWS];
    /// By key column.
    private final List<EntryHashes> entryHashes = new ArrayList<>();
    private int rowCount;

    /// Hashes at most [Batch#ROWS] keys into `hashes`, coded texts as if they were not.
    public void hash(List<Column> keys, int rowCount, int[] hashes) {
        begin(rowCount);
        for (int c = 0; c < keys.size(); c++) {
            readLane(keys.get(c), c);
            fold(first);
        }
        finish(hashes);
    }

    /// Reads a key column into the first lane, texts as their hashes.
    private void readLane(Column key, int index) {
        if (key.kind() != Kind.UTF8) {
            Lanes.readKey(key, first, second);
        } else if (key.isCoded()) {
            entryHashes(index).read(key, first);
            Lanes.replaceNulls(key, first, NULL_TEXT);
        } else {
            Lanes.readKey(key, first, second);
            hashTexts(key.data(), first, second, rowCount);
        }
    }

    private EntryHashes entryHashes(int index) {
        while (entryHashes.size() <= index) {
            entryHashes.add(new EntryHashes());
        }
        return entryHashes.get(index);
    }

    /// Replaces heads by hashes of the texts.
    private static void hashTexts(MemorySegment data, long[] heads, long[] tails, int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            int length = (int) heads[row];
            heads[row] = length > Views.INLINE
                    ? foldText(data, Views.offset(tails[row]), length)
                    : fold(fold(START, heads[row]), tails[row]);
        }
    }

    void begin(int rowCount) {
        this.rowCount = rowCount;
        Arrays.fill(state, 0, rowCount, START);
    }

    /// Folds in one lane.
    void fold(long[] lane) {
        fold(lane, rowCount, state);
    }

    void finish(int[] hashes) {
        finish(state, rowCount, hashes);
    }

    /// Which of `sliceCount` slices a key belongs to.
    public static int slice(int hash, int sliceCount) {
        return (int) ((hash & 0xFFFFFFFFL) * sliceCount >>> 32);
    }

    private static void fold(long[] lanes, int rowCount, long[] state) {
        for (int row = 0; row < rowCount; row++) {
            state[row] = fold(state[row], lanes[row]);
        }
    }

    private static long fold(long state, long lane) {
        long product = (state ^ lane) * FOLD;
        return product ^ product >>> 32;
    }

    private static void finish(long[] state, int rowCount, int[] hashes) {
        for (int row = 0; row < rowCount; row++) {
            hashes[row] = (int) (state[row] * FINISH >>> 32);
        }
    }

    /// A hash of one text that fits into its view.
    static int view(long head, long tail) {
        return (int) (fold(fold(START, head), tail) * FINISH >>> 32);
    }

    /// A hash of one text of any length.
    public static long text(MemorySegment views, long index, MemorySegment data) {
        int length = Views.length(views, index);
        long tail = Views.tail(views, index);
        return length > Views.INLINE
                ? foldText(data, Views.offset(tail), length)
                : fold(fold(START, Views.head(views, index)), tail);
    }

    /// A hash of one text longer than a view.
    static int text(MemorySegment data, long offset, int length) {
        return (int) (foldText(data, offset, length) * FINISH >>> 32);
    }

    /// Whole words, the last one overlapping the one before.
    private static long foldText(MemorySegment data, long offset, int length) {
        long hash = START ^ length;
        long last = offset + length - 8;
        for (long at = offset; at < last; at += 8) {
            hash = fold(hash, data.get(Layouts.LONG, at));
        }
        return fold(hash, data.get(Layouts.LONG, last));
    }
}

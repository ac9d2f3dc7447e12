package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
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

    private final long[] state = new long[Batch.ROWS];
    private final long[] first = new long[Batch.ROWS];
    private final long[] second = new long[Batch.ROWS];
    private final long[] longTails = new long[Batch.ROWS];
    private int rowCount;

    /// Hashes at most [Batch#ROWS] keys into `hashes`.
    public void hash(List<Column> keys, int rowCount, int[] hashes) {
        begin(rowCount);
        for (Column key : keys) {
            boolean hasLong = Lanes.readKey(key, first, second);
            fold(key, hasLong, first, second);
        }
        finish(hashes);
    }

    void begin(int rowCount) {
        this.rowCount = rowCount;
        Arrays.fill(state, 0, rowCount, START);
    }

    /// Folds in one key column as [Lanes#readKey] gave it.
    void fold(Column key, boolean hasLong, long[] first, long[] second) {
        fold(first, rowCount, state);
        if (hasLong) {
            hashTails(key.data(), first, second, rowCount, longTails);
            fold(longTails, rowCount, state);
        } else if (key.kind() == Kind.UTF8) {
            fold(second, rowCount, state);
        }
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

    /// The tails of short texts, and for long ones a hash of all their bytes.
    private static void hashTails(MemorySegment data, long[] heads, long[] tails, int rowCount, long[] hashes) {
        for (int row = 0; row < rowCount; row++) {
            int length = (int) heads[row];
            hashes[row] = length > Views.INLINE ? foldText(data, Views.offset(tails[row]), length) : tails[row];
        }
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

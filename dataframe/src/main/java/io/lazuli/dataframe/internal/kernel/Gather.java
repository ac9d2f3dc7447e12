package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Rows of a batch picked by their indexes, in any order and any number of times. The picked rows stand densely in scratch
/// memory; long texts still refer to the original's data.
///
/// ```
///   rows [3, 0, 3]   a b c d   ->   d a d          takeOrNull: rows [3, -1]   a b c d   ->   d null
/// ```
public final class Gather {
    private Gather() {}

    /// The rows `rows[start]` to `rows[start + count - 1]`.
    public static Batch take(Batch batch, int[] rows, int start, int count, Scratch scratch) {
        List<Column> columns = new ArrayList<>(batch.columns().size());
        for (Column column : batch.columns()) {
            columns.add(take(column, rows, start, count, scratch));
        }
        return new Batch(count, columns);
    }

    /// As [#take(Batch, int[], int, int, Scratch)], of one column.
    public static Column take(Column column, int[] rows, int start, int count, Scratch scratch) {
        if (count == 0) {
            return column.slice(0, 0, scratch);
        }
        MemorySegment validity = Column.NO_NULLS;
        if (column.mayHaveNulls()) {
            validity = scratch.bits(count);
            takeBits(column.validity(), rows, start, count, validity);
        }
        return taken(column, rows, start, count, validity, scratch);
    }

    private static Column taken(
            Column column, int[] rows, int start, int count, MemorySegment validity, Scratch scratch) {
        if (column.isCoded()) {
            MemorySegment codes = scratch.values(Kind.INT, count);
            takeInts(column.codes(), rows, start, count, codes);
            return Column.coded(column.type(), count, validity, codes, column.dictionary(), scratch);
        }
        return new Column(column.type(), count, validity, takeValues(column, rows, start, count, scratch),
                column.data());
    }

    /// As [#take(Column, int[], int, int, Scratch)], where a row index below 0 gives a null row.
    public static Column takeOrNull(Column column, int[] rows, int start, int count, Scratch scratch) {
        MemorySegment validity = scratch.bits(count);
        if (!anyPresent(rows, start, count, validity)) {
            return nulls(column.type(), count, scratch);
        }
        if (column.mayHaveNulls()) {
            takeBitsOrFalse(column.validity(), rows, start, count, validity);
        }
        return taken(column, rows, start, count, validity, scratch);
    }

    /// So many nulls.
    public static Column nulls(DataType type, int count, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(type), count);
        return new Column(type, count, scratch.bits(count).fill((byte) 0), values.fill((byte) 0));
    }

    /// Sets the bits of the rows that are not below 0, and says whether there is one.
    private static boolean anyPresent(int[] rows, int start, int count, MemorySegment bits) {
        long any = 0;
        for (int i = 0; i < count; ) {
            int word = i >>> 6;
            long present = 0;
            for (int end = Math.min(i + 64, count); i < end; i++) {
                present |= (long) ~(rows[start + i] >> 31) >>> 63 << i;
            }
            any |= present;
            Bits.setWord(bits, word, present);
        }
        return any != 0;
    }

    private static MemorySegment takeValues(Column column, int[] rows, int start, int count, Scratch scratch) {
        MemorySegment result = scratch.values(column.kind(), count);
        switch (column.kind()) {
            case BOOL -> takeBits(column.values(), rows, start, count, result);
            case INT -> takeInts(column.values(), rows, start, count, result);
            case LONG, DOUBLE -> takeLongs(column.values(), rows, start, count, result);
            case UTF8 -> takeViews(column.values(), rows, start, count, result);
        }
        return result;
    }

    private static void takeInts(MemorySegment from, int[] rows, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.INT, i * 4L, from.get(Layouts.INT, Math.max(rows[start + i], 0) * 4L));
        }
    }

    private static void takeLongs(MemorySegment from, int[] rows, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.LONG, i * 8L, from.get(Layouts.LONG, Math.max(rows[start + i], 0) * 8L));
        }
    }

    private static void takeViews(MemorySegment from, int[] rows, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long row = Math.max(rows[start + i], 0);
            Views.set(to, i, Views.head(from, row), Views.tail(from, row));
        }
    }

    /// A row below 0 gives the bit of row 0, which a null row may have.
    private static void takeBits(MemorySegment from, int[] rows, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; ) {
            int word = i >>> 6;
            long bits = 0;
            for (int end = Math.min(i + 64, count); i < end; i++) {
                bits |= bit(from, Math.max(rows[start + i], 0)) << i;
            }
            Bits.setWord(to, word, bits);
        }
    }

    private static void takeBitsOrFalse(MemorySegment from, int[] rows, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; ) {
            int word = i >>> 6;
            long bits = 0;
            for (int end = Math.min(i + 64, count); i < end; i++) {
                int row = rows[start + i];
                bits |= (bit(from, Math.max(row, 0)) & ~(row >> 31)) << i;
            }
            Bits.setWord(to, word, bits);
        }
    }

    private static long bit(MemorySegment bits, int index) {
        return bits.get(Layouts.BYTE, index >>> 3) >>> (index & 7) & 1;
    }
}

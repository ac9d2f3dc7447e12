package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import java.lang.foreign.MemorySegment;

/// Pages hold the values of rows that are not null, one after the other. This moves them to their rows, in place, from
/// the last to the first; the values of null rows become zero.
final class NullSpread {
    private NullSpread() {}

    /// Spreads `present` values that stand from `start` over the `count` rows from there.
    static void spread(
            Kind kind, MemorySegment values, long start, int count, int present, MemorySegment validity,
            Scratch scratch) {
        switch (kind) {
            case BOOL -> bits(values, start, count, present, validity, scratch);
            case INT -> ints(values, start, count, present, validity);
            case LONG, DOUBLE -> longs(values, start, count, present, validity);
            case UTF8 -> views(values, start, count, present, validity);
        }
    }

    private static void bits(
            MemorySegment values, long start, int count, int present, MemorySegment validity, Scratch scratch) {
        MemorySegment dense = scratch.bits(present);
        Bits.copy(values, start, dense, 0, present);
        int from = 0;
        for (long row = start, end = start + count; row < end; row++) {
            boolean isPresent = Bits.get(validity, row);
            Bits.set(values, row, isPresent && Bits.get(dense, from));
            from += isPresent ? 1 : 0;
        }
    }

    /// The source is never beyond the row: as many present values as rows are left, at most.
    private static void ints(MemorySegment values, long start, int count, int present, MemorySegment validity) {
        long from = start + present;
        for (long row = start + count - 1; row >= start; row--) {
            int bit = validity.get(Layouts.BYTE, row >>> 3) >>> (row & 7) & 1;
            from -= bit;
            int value = values.get(Layouts.INT, from * 4);
            values.set(Layouts.INT, row * 4, value & -bit);
        }
    }

    private static void longs(MemorySegment values, long start, int count, int present, MemorySegment validity) {
        long from = start + present;
        for (long row = start + count - 1; row >= start; row--) {
            long bit = validity.get(Layouts.BYTE, row >>> 3) >>> (row & 7) & 1;
            from -= bit;
            long value = values.get(Layouts.LONG, from * 8);
            values.set(Layouts.LONG, row * 8, value & -bit);
        }
    }

    private static void views(MemorySegment values, long start, int count, int present, MemorySegment validity) {
        long from = start + present;
        for (long row = start + count - 1; row >= start; row--) {
            long bit = validity.get(Layouts.BYTE, row >>> 3) >>> (row & 7) & 1;
            from -= bit;
            long at = from * 16;
            long head = values.get(Layouts.LONG, at);
            long tail = values.get(Layouts.LONG, at + 8);
            values.set(Layouts.LONG, row * 16, head & -bit);
            values.set(Layouts.LONG, row * 16 + 8, tail & -bit);
        }
    }
}

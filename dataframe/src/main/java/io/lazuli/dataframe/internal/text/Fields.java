package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Where the fields of a batch are, column by column: `start << 32 | flags | end` as offsets into the window of bytes.
///
/// A field is empty where start and end are equal; then nothing may be loaded from there. Of quoted fields, the range is
/// what is between the quotes.
public final class Fields {
    public static final int ROWS = Batch.ROWS;
    public static final int QUOTED = 1 << 31;
    /// Quoted, and with doubled quotes within.
    public static final int ESCAPED = 1 << 30;
    public static final int END = ESCAPED - 1;
    /// In place of a field: there is none. Empty, but at a place where no field is.
    public static final long MISSING = (long) END << 32 | END;
    /// Fields that are found at once at most, all columns together.
    private static final int MOST = 1 << 20;

    private Fields() {}

    /// Rows that fit, of so many columns.
    public static int rows(int columnCount) {
        return Math.clamp(MOST / Math.max(1, columnCount), 1, ROWS);
    }

    public static int start(long field) {
        return (int) (field >>> 32);
    }

    public static int length(long field) {
        return ((int) field & END) - (int) (field >>> 32);
    }

    /// Empties the unquoted fields that spell null.
    public static void clearNulls(MemorySegment bytes, long[] fields, int base, int rows, byte[][] spellings) {
        for (int i = base; i < base + rows; i++) {
            long field = fields[i];
            for (byte[] spelling : spellings) {
                if (((int) field & QUOTED) == 0 && length(field) == spelling.length
                        && equals(bytes, start(field), spelling)) {
                    fields[i] = field & 0xFFFFFFFF00000000L | field >>> 32;
                }
            }
        }
    }

    private static boolean equals(MemorySegment bytes, int start, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (bytes.get(Layouts.BYTE, start + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /// Sets the bits of the rows that have a value, a word at a time; returns how many have.
    ///
    /// @param mask of the bits of the end that must differ from the start: [#END] if quoted empty fields have no value, -1 if
    ///             they have
    public static int present(long[] fields, int base, int rows, int mask, MemorySegment validity) {
        int present = 0;
        for (int w = 0, words = Bits.wordCount(rows); w < words; w++) {
            int from = base + w * 64;
            int count = Math.min(64, rows - w * 64);
            long word = 0;
            for (int i = 0; i < count; i++) {
                long field = fields[from + i];
                long bit = ((int) field & mask) != (int) (field >>> 32) ? 1 : 0;
                word |= bit << i;
            }
            Bits.setWord(validity, w, word);
            present += Long.bitCount(word);
        }
        return present;
    }

    /// Makes unquoted empty fields quoted ones.
    public static void quoteEmpty(long[] fields, int base, int rows) {
        for (int i = base; i < base + rows; i++) {
            long field = fields[i];
            if (field != MISSING && length(field) == 0) {
                fields[i] = field | QUOTED & 0xFFFFFFFFL;
            }
        }
    }

    /// Moves the fields together that are not of a row in `skipped`, a set of bits; returns how many are left.
    public static int compact(long[] fields, int base, int rows, long[] skipped) {
        int to = base;
        for (int row = 0; row < rows; row++) {
            if ((skipped[row >>> 6] >>> row & 1) == 0) {
                fields[to++] = fields[base + row];
            }
        }
        return to - base;
    }
}

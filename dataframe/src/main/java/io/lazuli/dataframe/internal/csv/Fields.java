package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Where the fields of a batch are, column by column: `start << 32 | flags | end` as offsets into the window of bytes.
///
/// A field is empty where start and end are equal. Of quoted fields, the range is what is between the quotes.
final class Fields {
    static final int ROWS = Batch.ROWS;
    static final int QUOTED = 1 << 31;
    /// Quoted, and with doubled quotes within.
    static final int ESCAPED = 1 << 30;
    static final int END = ESCAPED - 1;

    private Fields() {}

    static int start(long field) {
        return (int) (field >>> 32);
    }

    static int length(long field) {
        return ((int) field & END) - (int) (field >>> 32);
    }

    /// Turns doubled quotes into single ones, in place: the text moves together, and the window is ours.
    static void unescape(MemorySegment bytes, long[] fields, int base, int rows, byte quote) {
        for (int i = base; i < base + rows; i++) {
            long field = fields[i];
            if (((int) field & ESCAPED) != 0) {
                int start = start(field);
                int end = unescape(bytes, start, start + length(field), quote);
                fields[i] = (long) start << 32 | (end | QUOTED) & 0xFFFFFFFFL;
            }
        }
    }

    private static int unescape(MemorySegment bytes, int start, int end, byte quote) {
        int to = start;
        for (int from = start; from < end; from++) {
            byte next = bytes.get(Layouts.BYTE, from);
            bytes.set(Layouts.BYTE, to++, next);
            from += next == quote ? 1 : 0;
        }
        return to;
    }

    /// Empties the unquoted fields that spell null.
    static void clearNulls(MemorySegment bytes, long[] fields, int base, int rows, byte[][] spellings) {
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

    /// Sets the bits of the fields that are not empty, a word at a time; returns how many are. Of texts, a quoted field
    /// counts as not empty.
    static int present(long[] fields, int base, int rows, boolean isText, MemorySegment validity) {
        int mask = isText ? -1 : END;
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
}

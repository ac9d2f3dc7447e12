package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.text.Fields;
import java.lang.foreign.MemorySegment;

/// Makes plain texts of fields, in place: the window is ours, and texts only become shorter.
final class Quotes {
    private Quotes() {}

    /// Takes the escape characters away, which are quotes where quotes are doubled.
    static void unescape(MemorySegment bytes, long[] fields, int base, int rows, byte quote, byte escape) {
        for (int i = base; i < base + rows; i++) {
            long field = fields[i];
            if (field != Fields.MISSING && ((int) field & Fields.ESCAPED) != 0) {
                int start = Fields.start(field);
                int end = unescape(bytes, start, start + Fields.length(field), quote, escape);
                fields[i] = (long) start << 32 | (end | Fields.QUOTED) & 0xFFFFFFFFL;
            }
        }
    }

    private static int unescape(MemorySegment bytes, int start, int end, byte quote, byte escape) {
        int to = start;
        for (int from = start; from < end; from++) {
            byte next = bytes.get(Layouts.BYTE, from);
            if ((next == quote || next == escape) && from + 1 < end) {
                from++;
            }
            bytes.set(Layouts.BYTE, to++, bytes.get(Layouts.BYTE, from));
        }
        return to;
    }

    /// Exchanges two characters, so that a decimal comma becomes a point and a point, which has no place there, a comma.
    static void swap(MemorySegment bytes, long[] fields, int base, int rows, byte one, byte other) {
        for (int i = base; i < base + rows; i++) {
            int from = Fields.start(fields[i]);
            for (int at = from, end = from + Fields.length(fields[i]); at < end; at++) {
                byte found = bytes.get(Layouts.BYTE, at);
                if (found == one || found == other) {
                    bytes.set(Layouts.BYTE, at, found == one ? other : one);
                }
            }
        }
    }

    static String swapped(String text, char one, char other) {
        StringBuilder swapped = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char found = text.charAt(i);
            swapped.setCharAt(i, found == one ? other : found == other ? one : found);
        }
        return swapped.toString();
    }
}

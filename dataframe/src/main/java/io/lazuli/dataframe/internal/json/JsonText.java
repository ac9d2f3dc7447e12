package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.text.Fields;
import io.lazuli.dataframe.internal.text.Malformed;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Escapes in JSON texts. What they mean is never longer than they are, so texts are unescaped in place.
final class JsonText {
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";
    private static final int UNICODE_LENGTH = 6;

    private JsonText() {}

    /// What follows the escape at `at`, a pair of surrogates being one. Errors: [Malformed] if it is none.
    static long escapeEnd(MemorySegment bytes, long at, long stop) {
        int kind = at + 1 < stop ? bytes.get(Layouts.BYTE, at + 1) : -1;
        if (kind != 'u') {
            if (kind < 0 || ESCAPES.indexOf(kind) < 0) {
                throw bad(bytes, at, stop);
            }
            return at + 2;
        }
        int unit = unit(bytes, at, stop);
        if (unit < 0 || Character.isLowSurrogate((char) unit)) {
            throw bad(bytes, at, stop);
        }
        if (!Character.isHighSurrogate((char) unit)) {
            return at + UNICODE_LENGTH;
        }
        int low = unit(bytes, at + UNICODE_LENGTH, stop);
        if (low < 0 || !Character.isLowSurrogate((char) low)) {
            throw bad(bytes, at, stop);
        }
        return at + 2 * UNICODE_LENGTH;
    }

    private static Malformed bad(MemorySegment bytes, long at, long stop) {
        byte[] shown = new byte[(int) Math.min(UNICODE_LENGTH, stop - at)];
        MemorySegment.copy(bytes, Layouts.BYTE, at, shown, 0, shown.length);
        return new Malformed(at, TextErrors.jsonEscape(new String(shown, StandardCharsets.ISO_8859_1)));
    }

    /// The UTF-16 unit of the escape at `at`; -1 if it is none.
    private static int unit(MemorySegment bytes, long at, long stop) {
        if (at + UNICODE_LENGTH > stop
                || bytes.get(Layouts.BYTE, at) != '\\'
                || bytes.get(Layouts.BYTE, at + 1) != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = 2; i < UNICODE_LENGTH; i++) {
            byte digit = bytes.get(Layouts.BYTE, at + i);
            int value = digit < 0 ? -1 : Character.digit(digit, 16);
            if (value < 0) {
                return -1;
            }
            unit = unit << 4 | value;
        }
        return unit;
    }

    /// Makes plain texts of the fields that have escapes, all of them good.
    static void unescape(MemorySegment bytes, long[] fields, int base, int rows) {
        for (int i = base; i < base + rows; i++) {
            long field = fields[i];
            if (field != Fields.MISSING && ((int) field & Fields.ESCAPED) != 0) {
                int start = Fields.start(field);
                long end = unescape(bytes, start, start + Fields.length(field));
                fields[i] = (long) start << 32 | (end | Fields.QUOTED) & 0xFFFFFFFFL;
            }
        }
    }

    /// Unescapes a text in place; returns its new end.
    static long unescape(MemorySegment bytes, long from, long end) {
        long to = from;
        for (long at = from; at < end;) {
            byte next = bytes.get(Layouts.BYTE, at);
            if (next != '\\') {
                bytes.set(Layouts.BYTE, to++, next);
                at++;
                continue;
            }
            byte kind = bytes.get(Layouts.BYTE, at + 1);
            if (kind == 'u') {
                long escapeEnd = escapeEnd(bytes, at, end);
                to = putUnicode(bytes, at, escapeEnd, to);
                at = escapeEnd;
            } else {
                bytes.set(Layouts.BYTE, to++, (byte) MEANINGS.charAt(ESCAPES.indexOf(kind)));
                at += 2;
            }
        }
        return to;
    }

    private static long putUnicode(MemorySegment bytes, long at, long end, long to) {
        int unit = unit(bytes, at, end);
        int character = end - at == UNICODE_LENGTH
                ? unit
                : Character.toCodePoint((char) unit, (char) unit(bytes, at + UNICODE_LENGTH, end));
        byte[] utf8 = Character.toString(character).getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(utf8, 0, bytes, Layouts.BYTE, to, utf8.length);
        return to + utf8.length;
    }
}

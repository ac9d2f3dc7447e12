package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Code points in UTF-8 bytes, given as a segment and where in it a text starts and ends.
///
/// Bytes that are no UTF-8 do no harm: what follows a lead byte as 10xxxxxx belongs to it, and a sequence that is wrong decodes
/// to [#REPLACEMENT].
final class Utf8 {
    static final int REPLACEMENT = 0xFFFD;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /// Where the code point stands that is `count` after the one at `at`, at most `end`.
    static long skip(MemorySegment bytes, long at, long end, int count) {
        long next = at;
        int left = count;
        for (; left >= 8 && next + 8 <= end && (bytes.get(Layouts.LONG, next) & HIGH_BITS) == 0; left -= 8) {
            next += 8;
        }
        for (; left > 0 && next < end; left--) {
            next = next(bytes, next, end);
        }
        return next;
    }

    /// Where the code point stands that is `count` before `end`, at least `start`.
    static long skipBack(MemorySegment bytes, long start, long end, int count) {
        long at = end;
        for (int left = count; left > 0 && at > start; left--) {
            at = previous(bytes, start, at);
        }
        return at;
    }

    /// Behind the code point at `at`.
    static long next(MemorySegment bytes, long at, long end) {
        long next = at + 1;
        while (next < end && isContinuation(bytes.get(Layouts.BYTE, next))) {
            next++;
        }
        return next;
    }

    /// Where the code point before `end` starts.
    static long previous(MemorySegment bytes, long start, long end) {
        long at = end - 1;
        while (at > start && isContinuation(bytes.get(Layouts.BYTE, at))) {
            at--;
        }
        return at;
    }

    static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    static boolean isAscii(MemorySegment bytes, long start, long end) {
        long at = start;
        for (; at + 8 <= end; at += 8) {
            if ((bytes.get(Layouts.LONG, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes.get(Layouts.BYTE, at) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Code points between two places.
    static int count(MemorySegment bytes, long start, long end) {
        int count = 0;
        long at = start;
        for (; at + 8 <= end; at += 8) {
            long word = bytes.get(Layouts.LONG, at);
            count += 8 - Long.bitCount(word & ~word << 1 & HIGH_BITS);
        }
        for (; at < end; at++) {
            count += isContinuation(bytes.get(Layouts.BYTE, at)) ? 0 : 1;
        }
        return count;
    }

    /// The code point at `at`, which is before `end`.
    static int decode(MemorySegment bytes, long at, long end) {
        int lead = bytes.get(Layouts.BYTE, at);
        if (lead >= 0) {
            return lead;
        }
        int length = (int) (next(bytes, at, end) - at);
        if (length == 2 && (lead & 0xE0) == 0xC0) {
            return (lead & 0x1F) << 6 | tail(bytes, at + 1);
        }
        if (length == 3 && (lead & 0xF0) == 0xE0) {
            int point = (lead & 0x0F) << 12 | tail(bytes, at + 1) << 6 | tail(bytes, at + 2);
            return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? REPLACEMENT : point;
        }
        if (length == 4 && (lead & 0xF8) == 0xF0) {
            int point = (lead & 0x07) << 18 | tail(bytes, at + 1) << 12 | tail(bytes, at + 2) << 6
                    | tail(bytes, at + 3);
            return Character.isValidCodePoint(point) ? point : REPLACEMENT;
        }
        return REPLACEMENT;
    }

    private static int tail(MemorySegment bytes, long at) {
        return bytes.get(Layouts.BYTE, at) & 0x3F;
    }
}

package io.lazuli.dataframe.internal.column;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Texts as 16-byte views, in the layout of Arrow's Utf8View with one data buffer:
///
/// ```
///   up to 12 bytes   | length | bytes, padded with zeros              |
///   longer           | length | first 4 bytes | buffer 0 | offset     |     offset into the column's data
///                      int32    4 bytes         int32      int32
/// ```
///
/// So equality and hashing of short texts never leave the view, and most unequal long ones are told apart by the first word.
public final class Views {
    public static final int WIDTH = 16;
    public static final int INLINE = 12;

    /// By length of a text: which of its first four bytes, and of the eight behind, there are.
    private static final int[] HEAD_MASKS = new int[INLINE + 1];
    private static final long[] TAIL_MASKS = new long[INLINE + 1];

    static {
        for (int length = 0; length <= INLINE; length++) {
            HEAD_MASKS[length] = length >= 4 ? -1 : (1 << 8 * length) - 1;
            TAIL_MASKS[length] = length == INLINE ? -1L : (1L << 8 * Math.max(length - 4, 0)) - 1;
        }
    }

    private Views() {}

    public static int length(MemorySegment views, long index) {
        return views.get(Layouts.INT, index * WIDTH);
    }

    /// Length and the first four bytes.
    public static long head(MemorySegment views, long index) {
        return views.get(Layouts.LONG, index * WIDTH);
    }

    /// The last eight bytes of a short text, or buffer and offset of a long one.
    public static long tail(MemorySegment views, long index) {
        return views.get(Layouts.LONG, index * WIDTH + 8);
    }

    /// Where the bytes of a text longer than [#INLINE] start in the column's data.
    public static long offset(long tail) {
        return tail >>> 32;
    }

    public static void set(MemorySegment views, long index, long head, long tail) {
        views.set(Layouts.LONG, index * WIDTH, head);
        views.set(Layouts.LONG, index * WIDTH + 8, tail);
    }

    /// Writes the view of a text of at most [#INLINE] bytes.
    public static void setInline(MemorySegment views, long index, MemorySegment bytes, long start, int length) {
        if (start + INLINE <= bytes.byteSize()) {
            // reads beyond the text and masks what does not belong to it: a copy of so few bytes costs more than all else
            long head = bytes.get(Layouts.INT, start) & HEAD_MASKS[length];
            set(views, index, length | head << 32, bytes.get(Layouts.LONG, start + 4) & TAIL_MASKS[length]);
            return;
        }
        set(views, index, 0, 0);
        views.set(Layouts.INT, index * WIDTH, length);
        MemorySegment.copy(bytes, start, views, index * WIDTH + 4, length);
    }

    /// Writes the view of a longer text whose bytes stand at `offset` of the column's data.
    public static void setReference(MemorySegment views, long index, MemorySegment data, long offset, int length) {
        long head = length & 0xFFFFFFFFL | (long) data.get(Layouts.INT, offset) << 32;
        set(views, index, head, offset << 32);
    }

    /// Writes the view of a text of any length at `start` of the column's data, of which [#INLINE] bytes from there can be read
    /// even if the text is shorter.
    public static void setPadded(MemorySegment views, long index, MemorySegment data, long start, int length) {
        long word = data.get(Layouts.LONG, start);
        if (length <= 4) {
            set(views, index, length | (word & (1L << 8 * length) - 1) << 32, 0);
        } else if (length <= INLINE) {
            set(views, index, length | word << 32, data.get(Layouts.LONG, start + 4) & -1L >>> 96 - 8 * length);
        } else {
            set(views, index, length | word << 32, start << 32);
        }
    }

    /// True if two texts are equal; `leftData` and `rightData` are the columns' data.
    public static boolean equal(
            MemorySegment left, long i, MemorySegment leftData, MemorySegment right, long j, MemorySegment rightData) {
        long head = head(left, i);
        if (head != head(right, j)) {
            return false;
        }
        int length = (int) head;
        if (length <= INLINE) {
            return tail(left, i) == tail(right, j);
        }
        return same(leftData, offset(tail(left, i)), rightData, offset(tail(right, j)), length);
    }

    /// True if `length` bytes are equal. Words are compared, the last one first: it overlaps the one before instead of being
    /// read by bytes, and texts that begin alike often end differently.
    public static boolean same(MemorySegment left, long from, MemorySegment right, long to, int length) {
        if (length < 8) {
            return sameFew(left, from, right, to, length);
        }
        if (left.get(Layouts.LONG, from + length - 8) != right.get(Layouts.LONG, to + length - 8)) {
            return false;
        }
        for (long at = 0; at < length - 8; at += 8) {
            if (left.get(Layouts.LONG, from + at) != right.get(Layouts.LONG, to + at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameFew(MemorySegment left, long from, MemorySegment right, long to, int length) {
        for (long at = 0; at < length; at++) {
            if (left.get(Layouts.BYTE, from + at) != right.get(Layouts.BYTE, to + at)) {
                return false;
            }
        }
        return true;
    }

    /// The order of two texts by their UTF-8 bytes, as a negative number, zero or a positive one.
    public static int compare(
            MemorySegment left, long i, MemorySegment leftData, MemorySegment right, long j, MemorySegment rightData) {
        int leftPrefix = Integer.reverseBytes((int) (head(left, i) >>> 32));
        int rightPrefix = Integer.reverseBytes((int) (head(right, j) >>> 32));
        if (leftPrefix != rightPrefix) {
            return Integer.compareUnsigned(leftPrefix, rightPrefix);
        }
        int leftLength = length(left, i);
        int rightLength = length(right, j);
        if (leftLength <= INLINE && rightLength <= INLINE) {
            int order = Long.compareUnsigned(Long.reverseBytes(tail(left, i)), Long.reverseBytes(tail(right, j)));
            return order != 0 ? order : Integer.compare(leftLength, rightLength);
        }
        MemorySegment leftBytes = bytes(left, i, leftData);
        MemorySegment rightBytes = bytes(right, j, rightData);
        long from = start(left, i);
        long to = start(right, j);
        long at = MemorySegment.mismatch(leftBytes, from, from + leftLength, rightBytes, to, to + rightLength);
        if (at < 0 || at == Math.min(leftLength, rightLength)) {
            return Integer.compare(leftLength, rightLength);
        }
        return Byte.compareUnsigned(leftBytes.get(Layouts.BYTE, from + at), rightBytes.get(Layouts.BYTE, to + at));
    }

    /// Where the bytes of a text are: in its view or in the column's data, from [#start].
    public static MemorySegment bytes(MemorySegment views, long index, MemorySegment data) {
        return length(views, index) <= INLINE ? views : data;
    }

    /// The first byte of a text in [#bytes].
    public static long start(MemorySegment views, long index) {
        return length(views, index) <= INLINE ? index * WIDTH + 4 : offset(tail(views, index));
    }

    /// The text as a string. For edges, not for kernels.
    public static String string(MemorySegment views, long index, MemorySegment data) {
        int length = length(views, index);
        byte[] bytes = new byte[length];
        if (length <= INLINE) {
            MemorySegment.copy(views, Layouts.BYTE, index * WIDTH + 4, bytes, 0, length);
        } else {
            MemorySegment.copy(data, Layouts.BYTE, offset(tail(views, index)), bytes, 0, length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Decimals as Parquet stores them in bytes: whole numbers, the most significant byte first, in two's complement.
///
/// ```
///   -2 in 3 bytes       FF FF FE
///   in 10 bytes         FF FF | FF FF FF FF FF FF FF FE      what stands before the last 8 bytes repeats their sign
/// ```
final class BigEndian {
    private BigEndian() {}

    /// Numbers of at most 8 bytes. Reads whole words, up to 8 bytes beyond the last number.
    static void narrow(MemorySegment bytes, long position, int width, int count, MemorySegment values, long row) {
        int shift = 64 - 8 * width;
        for (long i = 0; i < count; i++) {
            long word = bytes.get(Layouts.LONG, position + i * width);
            values.set(Layouts.LONG, (row + i) * 8, Long.reverseBytes(word) >> shift);
        }
    }

    /// Numbers of more than 8 bytes.
    static void wide(MemorySegment bytes, long position, int width, int count, MemorySegment values, long row) {
        boolean fits = true;
        for (long i = 0; i < count; i++) {
            long at = position + i * width;
            long value = Long.reverseBytes(bytes.get(Layouts.LONG, at + width - 8));
            fits &= isSign(bytes, at, width - 8, value);
            values.set(Layouts.LONG, (row + i) * 8, value);
        }
        require(fits);
    }

    /// Numbers that each come with their length; returns where the last one ends.
    static long varying(MemorySegment bytes, long position, long end, int count, MemorySegment values, long row) {
        long at = position;
        for (long i = 0; i < count; i++) {
            int length = PlainValues.length(bytes, at, end, "a decimal");
            at += 4;
            values.set(Layouts.LONG, (row + i) * 8, one(bytes, at, length));
            at += length;
        }
        return at;
    }

    private static long one(MemorySegment bytes, long at, int length) {
        if (length > 8) {
            long value = Long.reverseBytes(bytes.get(Layouts.LONG, at + length - 8));
            require(isSign(bytes, at, length - 8, value));
            return value;
        }
        return length == 0 ? 0 : Long.reverseBytes(bytes.get(Layouts.LONG, at)) >> 64 - 8 * length;
    }

    private static boolean isSign(MemorySegment bytes, long start, int count, long value) {
        byte sign = (byte) (value >> 63);
        boolean isSign = true;
        for (long at = start; at < start + count; at++) {
            isSign &= bytes.get(Layouts.BYTE, at) == sign;
        }
        return isSign;
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalStateException("a decimal has more than 64 bits");
        }
    }
}

package io.lazuli.dataframe.internal.column;

import java.lang.foreign.MemorySegment;

/// Bitmaps: bit `i` is bit `i % 64` of little-endian word `i / 64` (Arrow's order). Always whole words; bits beyond the
/// length are undefined.
public final class Bits {
    private Bits() {}

    public static long byteSize(long bitCount) {
        return (bitCount + 63) / 64 * 8;
    }

    public static int wordCount(long bitCount) {
        return Math.toIntExact((bitCount + 63) / 64);
    }

    public static boolean get(MemorySegment bits, long index) {
        return (bits.get(Layouts.BYTE, index >>> 3) >>> (index & 7) & 1) != 0;
    }

    public static void set(MemorySegment bits, long index, boolean value) {
        byte old = bits.get(Layouts.BYTE, index >>> 3);
        int mask = 1 << (index & 7);
        bits.set(Layouts.BYTE, index >>> 3, (byte) (value ? old | mask : old & ~mask));
    }

    public static long word(MemorySegment bits, int wordIndex) {
        return bits.get(Layouts.LONG, (long) wordIndex * 8);
    }

    public static void setWord(MemorySegment bits, int wordIndex, long word) {
        bits.set(Layouts.LONG, (long) wordIndex * 8, word);
    }

    /// The bits of word `wordIndex` that lie within `bitCount`.
    public static long mask(int wordIndex, long bitCount) {
        long left = bitCount - (long) wordIndex * 64;
        return left >= 64 ? -1L : (1L << left) - 1;
    }

    public static int count(MemorySegment bits, int bitCount) {
        int count = 0;
        for (int w = 0, words = wordCount(bitCount); w < words; w++) {
            count += Long.bitCount(word(bits, w) & mask(w, bitCount));
        }
        return count;
    }

    public static void fill(MemorySegment bits, long bitCount, boolean value) {
        bits.asSlice(0, byteSize(bitCount)).fill((byte) (value ? -1 : 0));
    }

    /// Sets the bits from `start` to before `end`; bits around them are kept.
    public static void setRange(MemorySegment bits, long start, long end) {
        long at = start;
        for (; at < end && (at & 7) != 0; at++) {
            set(bits, at, true);
        }
        long byteCount = end - at >> 3;
        bits.asSlice(at >>> 3, byteCount).fill((byte) -1);
        for (at += byteCount * 8; at < end; at++) {
            set(bits, at, true);
        }
    }

    /// Copies `bitCount` bits from any position to any position. Bits around the target range are kept.
    public static void copy(MemorySegment from, long fromIndex, MemorySegment to, long toIndex, long bitCount) {
        long done = 0;
        if ((fromIndex & 7) == 0 && (toIndex & 7) == 0) {
            MemorySegment.copy(from, fromIndex >>> 3, to, toIndex >>> 3, bitCount >>> 3);
            done = bitCount & ~7L;
        } else {
            for (; done + 64 <= bitCount; done += 64) {
                write(to, toIndex + done, read(from, fromIndex + done));
            }
        }
        for (; done < bitCount; done++) {
            set(to, toIndex + done, get(from, fromIndex + done));
        }
    }

    /// 64 bits from any position, all of which must be inside.
    private static long read(MemorySegment bits, long index) {
        int shift = (int) (index & 7);
        long low = bits.get(Layouts.LONG, index >>> 3) >>> shift;
        return shift == 0 ? low : low | (long) bits.get(Layouts.BYTE, (index >>> 3) + 8) << (64 - shift);
    }

    private static void write(MemorySegment bits, long index, long word) {
        int shift = (int) (index & 7);
        if (shift == 0) {
            bits.set(Layouts.LONG, index >>> 3, word);
            return;
        }
        long keptLow = bits.get(Layouts.LONG, index >>> 3) & (1L << shift) - 1;
        bits.set(Layouts.LONG, index >>> 3, keptLow | word << shift);
        int high = bits.get(Layouts.BYTE, (index >>> 3) + 8) & -(1 << shift);
        bits.set(Layouts.BYTE, (index >>> 3) + 8, (byte) (high | (int) (word >>> (64 - shift))));
    }
}

package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Loops over bitmaps, 64 rows at a time. `flip` is -1 to write the opposite, else 0.
public final class BoolKernels {
    private BoolKernels() {}

    public static void and(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = Bits.byteSize(rowCount); at < end; at += 8) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) & right.get(Layouts.LONG, at));
        }
    }

    public static void or(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = Bits.byteSize(rowCount); at < end; at += 8) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) | right.get(Layouts.LONG, at));
        }
    }

    public static void not(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = Bits.byteSize(rowCount); at < end; at += 8) {
            result.set(Layouts.LONG, at, ~operand.get(Layouts.LONG, at));
        }
    }

    public static void equal(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip) {
        for (long at = 0, end = Bits.byteSize(rowCount); at < end; at += 8) {
            bits.set(Layouts.LONG, at, ~(left.get(Layouts.LONG, at) ^ right.get(Layouts.LONG, at)) ^ flip);
        }
    }

    public static void less(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip) {
        for (long at = 0, end = Bits.byteSize(rowCount); at < end; at += 8) {
            bits.set(Layouts.LONG, at, ~left.get(Layouts.LONG, at) & right.get(Layouts.LONG, at) ^ flip);
        }
    }

    public static void lessOrEqual(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits,
            long flip) {
        for (long at = 0, end = Bits.byteSize(rowCount); at < end; at += 8) {
            bits.set(Layouts.LONG, at, (~left.get(Layouts.LONG, at) | right.get(Layouts.LONG, at)) ^ flip);
        }
    }

    /// `then` where the condition's bit is set, else `otherwise`.
    public static void select(
            MemorySegment condition, MemorySegment then, MemorySegment otherwise, int rowCount, MemorySegment result) {
        for (long at = 0, end = Bits.byteSize(rowCount); at < end; at += 8) {
            long other = otherwise.get(Layouts.LONG, at);
            result.set(Layouts.LONG, at,
                    other ^ (then.get(Layouts.LONG, at) ^ other) & condition.get(Layouts.LONG, at));
        }
    }

    /// SQL's AND: false if one side is false, else null if one side is null.
    public static Column and(Column left, Column right, Scratch scratch) {
        int rowCount = left.length();
        MemorySegment values = scratch.bits(rowCount);
        if (!left.mayHaveNulls() && !right.mayHaveNulls()) {
            and(left.values(), right.values(), rowCount, values);
            return new Column(DataType.BOOL, rowCount, Column.NO_NULLS, values);
        }
        MemorySegment validity = scratch.bits(rowCount);
        for (int word = 0; word < Bits.wordCount(rowCount); word++) {
            long leftValid = validWord(left, word);
            long rightValid = validWord(right, word);
            long leftTrue = Bits.word(left.values(), word) & leftValid;
            long rightTrue = Bits.word(right.values(), word) & rightValid;
            Bits.setWord(values, word, leftTrue & rightTrue);
            Bits.setWord(validity, word, leftValid & rightValid | leftValid & ~leftTrue | rightValid & ~rightTrue);
        }
        return new Column(DataType.BOOL, rowCount, validity, values);
    }

    /// SQL's OR: true if one side is true, else null if one side is null.
    public static Column or(Column left, Column right, Scratch scratch) {
        int rowCount = left.length();
        MemorySegment values = scratch.bits(rowCount);
        if (!left.mayHaveNulls() && !right.mayHaveNulls()) {
            or(left.values(), right.values(), rowCount, values);
            return new Column(DataType.BOOL, rowCount, Column.NO_NULLS, values);
        }
        MemorySegment validity = scratch.bits(rowCount);
        for (int word = 0; word < Bits.wordCount(rowCount); word++) {
            long leftValid = validWord(left, word);
            long rightValid = validWord(right, word);
            long leftTrue = Bits.word(left.values(), word) & leftValid;
            long rightTrue = Bits.word(right.values(), word) & rightValid;
            Bits.setWord(values, word, leftTrue | rightTrue);
            Bits.setWord(validity, word, leftValid & rightValid | leftTrue | rightTrue);
        }
        return new Column(DataType.BOOL, rowCount, validity, values);
    }

    /// The rows that are true, neither false nor null.
    public static MemorySegment trueBits(Column condition, Scratch scratch) {
        if (!condition.mayHaveNulls()) {
            return condition.values();
        }
        MemorySegment bits = scratch.bits(condition.length());
        and(condition.values(), condition.validity(), condition.length(), bits);
        return bits;
    }

    private static long validWord(Column column, int word) {
        return column.mayHaveNulls() ? Bits.word(column.validity(), word) : -1L;
    }
}

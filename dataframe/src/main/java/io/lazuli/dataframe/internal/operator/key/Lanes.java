package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;

/// Columns as arrays of longs ("lanes") in which equal values are equal bits: integers zero-extended, doubles with one NaN
/// and one zero, texts as the two words of their view.
public final class Lanes {
    /// What a null is in the lane of a DOUBLE and in the first lane of a text: a NaN that is never made here, a length that no
    /// text has. In other lanes a null is 0 and cannot be told from it.
    static final long NULL = -1;

    private Lanes() {}

    /// Reads a key column: a text into both lanes, any other kind into the first. Returns whether a text is longer than a view;
    /// the second lane then refers to the column's data.
    static boolean readKey(Column column, long[] first, long[] second) {
        if (column.kind() == Kind.UTF8) {
            boolean hasLong = readViews(column.values(), column.length(), first, second);
            replaceNulls(column, first, NULL);
            replaceNulls(column, second, 0);
            return hasLong;
        }
        read(column, first);
        replaceNulls(column, first, column.kind() == Kind.DOUBLE ? NULL : 0);
        return false;
    }

    private static void read(Column column, long[] lanes) {
        switch (column.kind()) {
            case BOOL -> readBits(column.values(), column.length(), lanes);
            case INT -> readInts(column.values(), column.length(), lanes);
            case LONG -> readLongs(column.values(), column.length(), lanes);
            case DOUBLE -> readDoubles(column.values(), column.length(), lanes);
            case UTF8 -> throw new IllegalArgumentException("text takes two lanes");
        }
    }

    private static void readBits(MemorySegment values, int length, long[] lanes) {
        for (int row = 0; row < length; row++) {
            lanes[row] = values.get(Layouts.BYTE, row >>> 3) >>> (row & 7) & 1;
        }
    }

    private static void readInts(MemorySegment values, int length, long[] lanes) {
        for (int row = 0; row < length; row++) {
            lanes[row] = values.get(Layouts.INT, (long) row * 4) & 0xFFFFFFFFL;
        }
    }

    private static void readLongs(MemorySegment values, int length, long[] lanes) {
        MemorySegment.copy(values, Layouts.LONG, 0, lanes, 0, length);
    }

    private static void readDoubles(MemorySegment values, int length, long[] lanes) {
        for (int row = 0; row < length; row++) {
            lanes[row] = bits(values.get(Layouts.DOUBLE, (long) row * 8));
        }
    }

    private static long bits(double value) {
        // adding 0.0 makes -0.0 positive; doubleToLongBits knows only one NaN
        return Double.doubleToLongBits(value + 0.0);
    }

    /// The ordered lane of one double.
    public static long ordered(double value) {
        return flipNegative(bits(value));
    }

    /// Reads a column of any kind but text such that the signed order of the lanes is that of the values, NaN above all.
    public static void readOrdered(Column column, long[] lanes) {
        switch (column.kind()) {
            case BOOL -> readBits(column.values(), column.length(), lanes);
            case INT -> readSignedInts(column.values(), column.length(), lanes);
            case LONG -> readLongs(column.values(), column.length(), lanes);
            case DOUBLE -> {
                readDoubles(column.values(), column.length(), lanes);
                orderDoubles(lanes, column.length());
            }
            case UTF8 -> throw new IllegalArgumentException("text takes two lanes");
        }
    }

    private static void readSignedInts(MemorySegment values, int length, long[] lanes) {
        for (int row = 0; row < length; row++) {
            lanes[row] = values.get(Layouts.INT, (long) row * 4);
        }
    }

    private static void orderDoubles(long[] lanes, int length) {
        for (int row = 0; row < length; row++) {
            lanes[row] = flipNegative(lanes[row]);
        }
    }

    /// Turns the bits of a double into its ordered lane, and back: negative doubles descend with their bits.
    public static long flipNegative(long bits) {
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /// Reads the views of a text column; returns whether any text, null rows included, is longer than a view.
    public static boolean readViews(MemorySegment views, int length, long[] heads, long[] tails) {
        int longest = 0;
        for (int row = 0; row < length; row++) {
            long head = views.get(Layouts.LONG, (long) row * Views.WIDTH);
            heads[row] = head;
            tails[row] = views.get(Layouts.LONG, (long) row * Views.WIDTH + 8);
            longest = Math.max(longest, (int) head);
        }
        return longest > Views.INLINE;
    }

    /// Puts `replacement` where the column is null.
    public static void replaceNulls(Column column, long[] lanes, long replacement) {
        if (!column.mayHaveNulls()) {
            return;
        }
        for (int w = 0, words = Bits.wordCount(column.length()); w < words; w++) {
            long nulls = ~Bits.word(column.validity(), w) & Bits.mask(w, column.length());
            for (; nulls != 0; nulls &= nulls - 1) {
                lanes[w * 64 + Long.numberOfTrailingZeros(nulls)] = replacement;
            }
        }
    }
}

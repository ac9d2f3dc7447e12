package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.PageValueBounds;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Finds the least and greatest of some values, as Parquet's statistics have them: NaN is left out, zeros are -0.0 as the least
/// and 0.0 as the greatest, long texts are cut off so that they still are bounds.
final class ValueBounds {
    private static final int LONGEST_TEXT = 64;
    private static final Optional<byte[]> NONE = Optional.empty();

    private ValueBounds() {}

    /// The bounds of the first `count` of `rows`, which are not null. Of a text column these are entries ([Column#entry]).
    static PageValueBounds of(Column column, int[] rows, int count, long nullCount) {
        if (count == 0) {
            return new PageValueBounds(0, nullCount, 0, NONE, NONE);
        }
        return switch (column.kind()) {
            case BOOL -> bits(column.values(), rows, count, nullCount);
            case INT -> ints(column.values(), rows, count, nullCount);
            case LONG -> longs(column.values(), rows, count, nullCount);
            case DOUBLE -> doubles(column.values(), rows, count, nullCount);
            case UTF8 -> texts(column, rows, count, nullCount);
        };
    }

    private static PageValueBounds bits(MemorySegment values, int[] rows, int count, long nullCount) {
        int trues = 0;
        for (int i = 0; i < count; i++) {
            trues += Bits.get(values, rows[i]) ? 1 : 0;
        }
        byte[] least = {(byte) (trues == count ? 1 : 0)};
        byte[] greatest = {(byte) (trues > 0 ? 1 : 0)};
        return new PageValueBounds(count, nullCount, 0, Optional.of(least), Optional.of(greatest));
    }

    private static PageValueBounds ints(MemorySegment values, int[] rows, int count, long nullCount) {
        int least = Integer.MAX_VALUE;
        int greatest = Integer.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            int value = values.get(Layouts.INT, rows[i] * 4L);
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return new PageValueBounds(count, nullCount, 0, Optional.of(bytes(4).putInt(least).array()),
                Optional.of(bytes(4).putInt(greatest).array()));
    }

    private static PageValueBounds longs(MemorySegment values, int[] rows, int count, long nullCount) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            long value = values.get(Layouts.LONG, rows[i] * 8L);
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return new PageValueBounds(count, nullCount, 0, Optional.of(bytes(8).putLong(least).array()),
                Optional.of(bytes(8).putLong(greatest).array()));
    }

    private static PageValueBounds doubles(MemorySegment values, int[] rows, int count, long nullCount) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int nans = 0;
        for (int i = 0; i < count; i++) {
            double value = values.get(Layouts.DOUBLE, rows[i] * 8L);
            nans += value != value ? 1 : 0;
            least = value < least ? value : least;
            greatest = value > greatest ? value : greatest;
        }
        if (nans == count) {
            return new PageValueBounds(count, nullCount, nans, NONE, NONE);
        }
        return new PageValueBounds(
                count,
                nullCount,
                nans,
                Optional.of(bytes(8).putDouble(least == 0 ? -0.0 : least).array()),
                Optional.of(bytes(8).putDouble(greatest == 0 ? 0.0 : greatest).array()));
    }

    private static PageValueBounds texts(Column column, int[] rows, int count, long nullCount) {
        MemorySegment views = column.entries();
        MemorySegment data = column.data();
        int least = rows[0];
        int greatest = rows[0];
        for (int i = 1; i < count; i++) {
            if (Views.compare(views, rows[i], data, views, least, data) < 0) {
                least = rows[i];
            } else if (Views.compare(views, rows[i], data, views, greatest, data) > 0) {
                greatest = rows[i];
            }
        }
        return new PageValueBounds(count, nullCount, 0, Optional.of(below(text(column, least))),
                above(text(column, greatest)));
    }

    /// As much of a text as may be needed.
    private static byte[] text(Column column, int entry) {
        int length = Math.min(Views.length(column.entries(), entry), LONGEST_TEXT + 1);
        byte[] text = new byte[length];
        MemorySegment bytes = Views.bytes(column.entries(), entry, column.data());
        MemorySegment.copy(bytes, Layouts.BYTE, Views.start(column.entries(), entry), text, 0, length);
        return text;
    }

    /// A text that is not greater, cut off where a character ends.
    private static byte[] below(byte[] text) {
        if (text.length <= LONGEST_TEXT) {
            return text;
        }
        int end = LONGEST_TEXT;
        while (end > 0 && (text[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    /// A text that is not less: cut off behind an ASCII character, which becomes the next one. Empty if there is none.
    private static Optional<byte[]> above(byte[] text) {
        if (text.length <= LONGEST_TEXT) {
            return Optional.of(text);
        }
        int last = LONGEST_TEXT - 1;
        while (last >= 0 && (text[last] < 0 || text[last] == 0x7F)) {
            last--;
        }
        if (last < 0) {
            return NONE;
        }
        byte[] greater = Arrays.copyOf(text, last + 1);
        greater[last]++;
        return Optional.of(greater);
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The bounds of both runs of values of a column of this kind.
    static PageValueBounds join(Kind kind, PageValueBounds one, PageValueBounds other) {
        long nulls = one.nullCount() + other.nullCount();
        long nans = one.nanCount() + other.nanCount();
        int count = one.valueCount() + other.valueCount();
        return new PageValueBounds(count, nulls, nans, outer(kind, one, other, -1), outer(kind, one, other, 1));
    }

    /// A side without values, or with NaN alone, has no say; one with values and no bound makes that there is none.
    private static Optional<byte[]> outer(Kind kind, PageValueBounds one, PageValueBounds other, int direction) {
        Optional<byte[]> first = direction < 0 ? one.least() : one.greatest();
        Optional<byte[]> second = direction < 0 ? other.least() : other.greatest();
        if (one.valueCount() == one.nanCount()) {
            return second;
        }
        if (other.valueCount() == other.nanCount()) {
            return first;
        }
        if (first.isEmpty() || second.isEmpty()) {
            return NONE;
        }
        return compare(kind, first.get(), second.get()) * direction >= 0 ? first : second;
    }

    private static int compare(Kind kind, byte[] one, byte[] other) {
        return switch (kind) {
            case BOOL -> Byte.compare(one[0], other[0]);
            case INT -> Integer.compare(wrap(one).getInt(0), wrap(other).getInt(0));
            case LONG -> Long.compare(wrap(one).getLong(0), wrap(other).getLong(0));
            case DOUBLE -> Double.compare(wrap(one).getDouble(0), wrap(other).getDouble(0));
            case UTF8 -> Arrays.compareUnsigned(one, other);
        };
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.kernel.DecimalKernels;
import io.lazuli.dataframe.internal.text.Utf8;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Turns the values of vectors into ours: one loop for each form that differs.
final class VectorValues {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private VectorValues() {}

    /// Writes `count` values from row `start` of a vector to the first rows of `to`. Those of null rows are arbitrary.
    static void convert(ArrowForm form, VectorReader vector, int start, int count, MemorySegment to) {
        MemorySegment values = vector.values();
        switch (form.kind()) {
            case BIT -> Bits.copy(values, start, to, 0, count);
            case INT32 -> MemorySegment.copy(values, start * 4L, to, 0, count * 4L);
            case INT64, DOUBLE -> MemorySegment.copy(values, start * 8L, to, 0, count * 8L);
            case INT8 -> bytes(values, start, count, -1, to);
            case UINT8 -> bytes(values, start, count, 0xFF, to);
            case INT16 -> shorts(values, start, count, -1, to);
            case UINT16 -> shorts(values, start, count, 0xFFFF, to);
            case UINT32 -> unsignedInts(values, start, count, to);
            case UINT64 -> unsignedLongs(vector, start, count, to);
            case FLOAT16 -> halfFloats(values, start, count, to);
            case FLOAT -> floats(values, start, count, to);
            case MILLIS_OF_DAYS -> days(vector, start, count, to);
            case SECONDS32 -> scaledInts(values, start, count, 1_000_000, to);
            case MILLIS32 -> scaledInts(values, start, count, 1000, to);
            case SECONDS -> scaled(vector, start, count, 1_000_000, to);
            case MILLIS -> scaled(vector, start, count, 1000, to);
            case NANOS -> nanos(values, start, count, to);
            case DECIMAL -> decimals(form, vector, start, count, to);
            case BYTES -> texts(vector, start, count, to);
            case LARGE_BYTES -> largeTexts(vector, start, count, to);
            case VIEWS -> views(vector, start, count, to);
            case FIXED_BYTES -> fixedBytes(vector, form.width(), start, count, to);
        }
        if (vector.isWide()) {
            checkTexts(vector, start, count, to);
        }
    }

    private static void checkTexts(VectorReader vector, int start, int count, MemorySegment texts) {
        for (int i = 0; i < count; i++) {
            if (isPresent(vector, start + i)) {
                Utf8.check(texts, i, vector.data());
            }
        }
    }

    private static void bytes(MemorySegment values, int start, int count, int mask, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.INT, i * 4L, values.get(Layouts.BYTE, start + i) & mask);
        }
    }

    private static void shorts(MemorySegment values, int start, int count, int mask, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long at = (start + i) * 2L;
            int value = values.get(Layouts.BYTE, at) & 0xFF | values.get(Layouts.BYTE, at + 1) << 8;
            to.set(Layouts.INT, i * 4L, value & mask);
        }
    }

    private static void unsignedInts(MemorySegment values, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.LONG, i * 8L, values.get(Layouts.INT, (start + i) * 4L) & 0xFFFFFFFFL);
        }
    }

    private static void unsignedLongs(VectorReader vector, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long value = vector.values().get(Layouts.LONG, (start + i) * 8L);
            if (value < 0 && isPresent(vector, start + i)) {
                throw new IllegalStateException("the unsigned number " + Long.toUnsignedString(value) + " is beyond "
                        + Long.MAX_VALUE + ", the greatest LONG");
            }
            to.set(Layouts.LONG, i * 8L, value);
        }
    }

    private static boolean isPresent(VectorReader vector, int row) {
        return vector.validity() == MemorySegment.NULL || Bits.get(vector.validity(), row);
    }

    private static void floats(MemorySegment values, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            float value = Float.intBitsToFloat(values.get(Layouts.INT, (start + i) * 4L));
            to.set(Layouts.DOUBLE, i * 8L, value);
        }
    }

    private static void halfFloats(MemorySegment values, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long at = (start + i) * 2L;
            int bits = values.get(Layouts.BYTE, at) & 0xFF | values.get(Layouts.BYTE, at + 1) << 8;
            to.set(Layouts.DOUBLE, i * 8L, Float.float16ToFloat((short) bits));
        }
    }

    private static void days(VectorReader vector, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long day = Math.floorDiv(vector.values().get(Layouts.LONG, (start + i) * 8L), MILLIS_PER_DAY);
            if (day != (int) day && isPresent(vector, start + i)) {
                throw new IllegalStateException("a date is " + day + " days from 1970, which does not fit 32 bits");
            }
            to.set(Layouts.INT, i * 4L, (int) day);
        }
    }

    private static void scaled(VectorReader vector, int start, int count, long factor, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long value = vector.values().get(Layouts.LONG, (start + i) * 8L);
            long micros = value * factor;
            if (Math.multiplyHigh(value, factor) != micros >> 63 && isPresent(vector, start + i)) {
                throw new IllegalStateException("a time of " + value + " units does not fit microseconds");
            }
            to.set(Layouts.LONG, i * 8L, micros);
        }
    }

    private static void scaledInts(MemorySegment values, int start, int count, long factor, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.LONG, i * 8L, values.get(Layouts.INT, (start + i) * 4L) * factor);
        }
    }

    private static void nanos(MemorySegment values, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            to.set(Layouts.LONG, i * 8L, Math.floorDiv(values.get(Layouts.LONG, (start + i) * 8L), 1000));
        }
    }

    /// Little-endian numbers, of which null rows may have any.
    private static void decimals(ArrowForm form, VectorReader vector, int start, int count, MemorySegment to) {
        DataType.Decimal type = (DataType.Decimal) form.type();
        long limit = DecimalKernels.power(type.precision());
        for (int i = 0; i < count; i++) {
            long at = (start + i) * (long) form.width();
            long value =
                    form.width() == 4 ? vector.values().get(Layouts.INT, at) : vector.values().get(Layouts.LONG, at);
            boolean fits = value < limit && value > -limit && isSign(vector.values(), at + 8, at + form.width(), value);
            if (!fits && isPresent(vector, start + i)) {
                throw new IllegalStateException("a value has more digits than " + type + " holds");
            }
            to.set(Layouts.LONG, i * 8L, value);
        }
    }

    /// Whether the words before `end` repeat the sign.
    private static boolean isSign(MemorySegment values, long start, long end, long value) {
        boolean isSign = true;
        for (long at = start; at < end; at += 8) {
            isSign &= values.get(Layouts.LONG, at) == value >> 63;
        }
        return isSign;
    }

    private static void fixedBytes(VectorReader vector, int width, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            Views.setPadded(to, i, vector.values(), (start + i) * (long) width, width);
        }
    }

    private static void texts(VectorReader vector, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long from = vector.values().get(Layouts.INT, (start + i) * 4L);
            long end = vector.values().get(Layouts.INT, (start + i) * 4L + 4);
            text(vector, from, end, to, i);
        }
    }

    private static void largeTexts(VectorReader vector, int start, int count, MemorySegment to) {
        for (int i = 0; i < count; i++) {
            long from = vector.values().get(Layouts.LONG, (start + i) * 8L);
            long end = vector.values().get(Layouts.LONG, (start + i) * 8L + 8);
            text(vector, from, end, to, i);
        }
    }

    private static void text(VectorReader vector, long from, long end, MemorySegment to, int row) {
        if (from < 0 || end < from || end > vector.dataSize() || end - from > Integer.MAX_VALUE) {
            throw new IllegalStateException("a text from byte %d to %d of %d".formatted(from, end, vector.dataSize()));
        }
        Views.setPadded(to, row, vector.data(), from, (int) (end - from));
    }

    private static void views(VectorReader vector, int start, int count, MemorySegment to) {
        long[] starts = vector.dataStarts();
        for (int i = 0; i < count; i++) {
            int row = start + i;
            int length = Views.length(vector.values(), row);
            if (!isPresent(vector, row)) {
                Views.set(to, i, 0, 0);
            } else if (length >= 0 && length <= Views.INLINE) {
                Views.setInline(to, i, vector.values(), row * (long) Views.WIDTH + 4, length);
            } else {
                long tail = Views.tail(vector.values(), row);
                int buffer = (int) tail;
                long offset = tail >> 32;
                if (length < 0 || buffer < 0 || buffer >= starts.length - 1 || offset < 0
                        || offset > starts[buffer + 1] - starts[buffer] - length) {
                    throw new IllegalStateException(
                            "a text of %d bytes at byte %d of buffer %d".formatted(length, offset, buffer));
                }
                Views.setReference(to, i, vector.data(), starts[buffer] + offset, length);
            }
        }
    }
}

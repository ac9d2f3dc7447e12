package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.kernel.DecimalKernels;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Values in Parquet's PLAIN encoding, turned into ours: one loop for each stored form.
///
/// Bits (BOOLEAN) are not here, they are copied as they are.
final class PlainValues {
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    /// Days from 1970 of which microseconds fit 64 bits, with some to spare for the time of the day.
    private static final long MOST_DAYS = 106_000_000;

    private PlainValues() {}

    /// Writes `count` values that start at `position` of `bytes` to the rows from `row`; returns where the next one
    /// starts.
    static long decode(
            StoredForm form, MemorySegment bytes, long position, long end, int count, MemorySegment values, long row) {
        long size = (long) count * form.width();
        if (size > end - position) {
            throw new IllegalStateException("a page has fewer values than its header says");
        }
        switch (form.kind()) {
            case BIT -> throw new IllegalArgumentException("bits are not decoded");
            case INT32 -> MemorySegment.copy(bytes, position, values, row * 4, size);
            case WIDENED -> widened(bytes, position, count, values, row);
            case MILLIS32 -> millis32(bytes, position, count, values, row);
            case INT64, DOUBLE -> MemorySegment.copy(bytes, position, values, row * 8, size);
            case UINT64 -> unsignedLongs(bytes, position, count, values, row);
            case UINT32 -> unsigned(bytes, position, count, values, row);
            case SECONDS -> scaled(bytes, position, count, 1_000_000, values, row);
            case MILLIS -> scaled(bytes, position, count, 1000, values, row);
            case NANOS -> nanos(bytes, position, count, values, row);
            case INT96 -> int96(bytes, position, count, values, row);
            case FLOAT16 -> halfFloats(bytes, position, count, values, row);
            case FLOAT -> floats(bytes, position, count, values, row);
            case FIXED_BIG_ENDIAN -> bigEndian(form.width(), bytes, position, count, values, row);
            case BIG_ENDIAN -> size = BigEndian.varying(bytes, position, end, count, values, row) - position;
            case FIXED_BYTES -> fixedBytes(bytes, position, count, form.width(), values, row);
            case TEXT, BYTES -> size = texts(bytes, position, end, count, values, row) - position;
        }
        if (form.type() instanceof DataType.Decimal type) {
            checkDigits(type, values, row, count);
        }
        return position + size;
    }

    private static void unsigned(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            values.set(Layouts.LONG, (row + i) * 8, bytes.get(Layouts.INT, position + i * 4) & 0xFFFFFFFFL);
        }
    }

    private static void widened(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            values.set(Layouts.LONG, (row + i) * 8, bytes.get(Layouts.INT, position + i * 4));
        }
    }

    private static void unsignedLongs(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        long all = 0;
        for (long i = 0; i < count; i++) {
            long value = bytes.get(Layouts.LONG, position + i * 8);
            all |= value;
            values.set(Layouts.LONG, (row + i) * 8, value);
        }
        if (all < 0) {
            throw new IllegalStateException("an unsigned number is beyond " + Long.MAX_VALUE + ", the greatest LONG");
        }
    }

    /// Seconds and milliseconds that do not fit as microseconds are 292,000 years away: damage, not data.
    private static void scaled(
            MemorySegment bytes, long position, int count, long factor, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            long time = bytes.get(Layouts.LONG, position + i * 8);
            long micros = time * factor;
            if (Math.multiplyHigh(time, factor) != micros >> 63) {
                throw new IllegalStateException(
                        "a time of " + time + (factor == 1000 ? " milli" : " ") + "seconds does not fit microseconds");
            }
            values.set(Layouts.LONG, (row + i) * 8, micros);
        }
    }

    private static void millis32(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            values.set(Layouts.LONG, (row + i) * 8, bytes.get(Layouts.INT, position + i * 4) * 1000L);
        }
    }

    private static void nanos(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            values.set(Layouts.LONG, (row + i) * 8, Math.floorDiv(bytes.get(Layouts.LONG, position + i * 8), 1000));
        }
    }

    private static void int96(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            long nanosOfDay = bytes.get(Layouts.LONG, position + i * 12);
            long day = bytes.get(Layouts.INT, position + i * 12 + 8) - JULIAN_DAY_OF_EPOCH;
            if (Math.abs(day) > MOST_DAYS) {
                throw new IllegalStateException("a timestamp " + day + " days from 1970 does not fit microseconds");
            }
            values.set(Layouts.LONG, (row + i) * 8, day * MICROS_PER_DAY + Math.floorDiv(nanosOfDay, 1000));
        }
    }

    private static void floats(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            float value = Float.intBitsToFloat(bytes.get(Layouts.INT, position + i * 4));
            values.set(Layouts.DOUBLE, (row + i) * 8, value);
        }
    }

    private static void halfFloats(MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            int low = bytes.get(Layouts.BYTE, position + i * 2) & 0xFF;
            short bits = (short) (low | bytes.get(Layouts.BYTE, position + i * 2 + 1) << 8);
            values.set(Layouts.DOUBLE, (row + i) * 8, Float.float16ToFloat(bits));
        }
    }

    private static void bigEndian(
            int width, MemorySegment bytes, long position, int count, MemorySegment values, long row) {
        if (width <= 8) {
            BigEndian.narrow(bytes, position, width, count, values, row);
        } else {
            BigEndian.wide(bytes, position, width, count, values, row);
        }
    }

    private static void checkDigits(DataType.Decimal type, MemorySegment values, long row, int count) {
        if (DecimalKernels.exceeds(values.asSlice(row * 8, count * 8L), type.precision(), count)) {
            throw new IllegalStateException("a value has more digits than " + type + " holds");
        }
    }

    private static void fixedBytes(
            MemorySegment bytes, long position, int count, int width, MemorySegment values, long row) {
        for (long i = 0; i < count; i++) {
            Views.setPadded(values, row + i, bytes, position + i * width, width);
        }
    }

    /// Each text is its length and its bytes; views of long ones refer into `bytes`.
    private static long texts(MemorySegment bytes, long position, long end, int count, MemorySegment values, long row) {
        long at = position;
        for (long i = 0; i < count; i++) {
            int length = length(bytes, at, end, "a text");
            at += 4;
            Views.setPadded(values, row + i, bytes, at, length);
            at += length;
        }
        return at;
    }

    /// The length that stands at `at`, as long as what follows.
    static int length(MemorySegment bytes, long at, long end, String what) {
        if (at + 4 > end) {
            throw new IllegalStateException("a page has fewer values than its header says");
        }
        int length = bytes.get(Layouts.INT, at);
        if (length < 0 || length > end - at - 4) {
            throw new IllegalStateException(what + " of " + length + " bytes goes beyond the end of its page");
        }
        return length;
    }
}

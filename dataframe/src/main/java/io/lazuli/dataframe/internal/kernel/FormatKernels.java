package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.ValueText;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Values as texts, in the forms that [ParseKernels] reads back to the same values.
///
/// | type | text |
/// |---|---|
/// | BOOL | `true`, `false` |
/// | INT, LONG | `-42` |
/// | FLOAT64 | the shortest digits that give the value: `0.1`, `1.0E10`, `NaN`, `-Infinity` |
/// | DATE | `2026-07-31` |
/// | TIMESTAMP | `2026-07-31 09:30:00`, with `.5` or up to six digits where there are fractions of a second |
/// | decimal | all digits behind the point: `12.50` |
/// | DURATION | ISO 8601: `PT1H30M` |
/// | BINARY | hexadecimal digits, for messages only: a cast reads the bytes as UTF-8 |
public final class FormatKernels {
    /// Bytes that suffice for any date, time or integer.
    private static final int LONGEST = 40;
    /// Where the fraction of a second stands in them.
    private static final int FRACTION = LONGEST - 7;

    private FormatKernels() {}

    public static Column format(Column column, Scratch scratch) {
        TextWriter writer = new TextWriter(column.length(), scratch);
        switch (column.type()) {
            case DataType.Simple.BOOL -> formatBooleans(column, writer);
            case DataType.Simple.INT -> formatInts(column, writer, scratch.allocate(LONGEST));
            case DataType.Simple.LONG -> formatLongs(column, writer, scratch.allocate(LONGEST));
            case DataType.Simple.FLOAT64 -> formatDoubles(column, writer);
            case DataType.Simple.DATE -> formatDates(column, writer, scratch.allocate(LONGEST));
            case DataType.Simple.TIMESTAMP -> formatTimestamps(column, writer, scratch.allocate(LONGEST));
            case DataType.Simple.DURATION, DataType.Simple.BINARY -> formatOthers(column, writer);
            case DataType.Decimal ignored -> formatOthers(column, writer);
            case DataType.Simple.UTF8 -> {
                return column;
            }
        }
        return writer.finish(column.length(), column.validity());
    }

    private static void formatBooleans(Column column, TextWriter writer) {
        for (int row = 0; row < column.length(); row++) {
            writer.set(row, column.booleanAt(row) ? "true" : "false");
        }
    }

    private static void formatInts(Column column, TextWriter writer, MemorySegment text) {
        for (int row = 0; row < column.length(); row++) {
            int start = writeLong(text, LONGEST, column.intAt(row), 1);
            writer.set(row, text, start, LONGEST - start);
        }
    }

    private static void formatLongs(Column column, TextWriter writer, MemorySegment text) {
        for (int row = 0; row < column.length(); row++) {
            int start = writeLong(text, LONGEST, column.longAt(row), 1);
            writer.set(row, text, start, LONGEST - start);
        }
    }

    private static void formatDoubles(Column column, TextWriter writer) {
        for (int row = 0; row < column.length(); row++) {
            writer.set(row, Double.toString(column.doubleAt(row)));
        }
    }

    private static void formatOthers(Column column, TextWriter writer) {
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                writer.setEmpty(row);
            } else {
                writer.set(row, ValueText.of(column, row));
            }
        }
    }

    private static void formatDates(Column column, TextWriter writer, MemorySegment text) {
        for (int row = 0; row < column.length(); row++) {
            int start = writeDate(text, LONGEST, column.intAt(row));
            writer.set(row, text, start, LONGEST - start);
        }
    }

    private static void formatTimestamps(Column column, TextWriter writer, MemorySegment text) {
        for (int row = 0; row < column.length(); row++) {
            long micros = column.longAt(row);
            long timeOfDay = Math.floorMod(micros, CivilDates.MICROS_PER_DAY);
            int end = writeFraction(text, timeOfDay % CivilDates.MICROS_PER_SECOND);
            int start = writeTime(text, FRACTION, (int) (timeOfDay / CivilDates.MICROS_PER_SECOND));
            start = writeDate(text, start, Math.floorDiv(micros, CivilDates.MICROS_PER_DAY));
            writer.set(row, text, start, end - start);
        }
    }

    /// Writes the fraction of a second behind [#FRACTION], without zeros at its end; returns where it ends.
    private static int writeFraction(MemorySegment text, long micros) {
        if (micros == 0) {
            return FRACTION;
        }
        int end = FRACTION + 7;
        writeLong(text, end, micros, 6);
        text.set(Layouts.BYTE, FRACTION, (byte) '.');
        while (text.get(Layouts.BYTE, end - 1) == '0') {
            end--;
        }
        return end;
    }

    /// Writes `value` so that it ends before `end`, with at least `minimumDigits` digits; returns where it starts.
    private static int writeLong(MemorySegment text, int end, long value, int minimumDigits) {
        int at = end;
        long rest = value;
        do {
            text.set(Layouts.BYTE, --at, (byte) ('0' + Math.abs((int) (rest % 10))));
            rest /= 10;
        } while (rest != 0 || end - at < minimumDigits);
        if (value < 0) {
            text.set(Layouts.BYTE, --at, (byte) '-');
        }
        return at;
    }

    private static int writeDate(MemorySegment text, int end, long days) {
        long date = CivilDates.fromDays(days);
        int at = writeLong(text, end, CivilDates.day(date), 2);
        text.set(Layouts.BYTE, --at, (byte) '-');
        at = writeLong(text, at, CivilDates.month(date), 2);
        text.set(Layouts.BYTE, --at, (byte) '-');
        return writeLong(text, at, CivilDates.year(date), 4);
    }

    private static int writeTime(MemorySegment text, int end, int seconds) {
        int at = writeLong(text, end, seconds % 60, 2);
        text.set(Layouts.BYTE, --at, (byte) ':');
        at = writeLong(text, at, seconds / 60 % 60, 2);
        text.set(Layouts.BYTE, --at, (byte) ':');
        at = writeLong(text, at, seconds / 3600, 2);
        text.set(Layouts.BYTE, --at, (byte) ' ');
        return at;
    }
}

package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalLong;

/// A pattern of java.time, by which dates and times are written and read. English names; strict: there is no 30th of February.
///
/// Columns of times repeat themselves, so the text or value of the row before is kept and not read again.
public final class TimePattern {
    private final DateTimeFormatter formatter;

    private TimePattern(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /// Errors: IllegalArgumentException if it is no pattern.
    public static TimePattern of(String pattern) {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT)
                .withChronology(IsoChronology.INSTANCE);
        return new TimePattern(formatter);
    }

    /// A time as text. Errors: DateTimeException if the pattern asks for what a date or time does not have.
    public String format(LocalDateTime time, boolean isDate) {
        return formatter.format(isDate ? time.toLocalDate() : time);
    }

    /// The date (in days) or time (in microseconds) that a text stands for; a date is its midnight.
    ///
    /// Errors: DateTimeException if it does not follow the pattern, ArithmeticException if it is out of range.
    public long parse(String text, DataType type) {
        TemporalAccessor parsed = formatter.parseBest(text, LocalDateTime::from, LocalDate::from);
        LocalDateTime time =
                parsed instanceof LocalDateTime dateTime ? dateTime : ((LocalDate) parsed).atStartOfDay();
        if (type == DataType.DATE) {
            return Math.toIntExact(time.toLocalDate().toEpochDay());
        }
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
    }

    /// Dates or times as texts.
    public Column format(Column times, Scratch scratch) {
        TextWriter writer = new TextWriter(times.length(), scratch);
        boolean isDate = times.type() == DataType.DATE;
        long before = 0;
        int rowBefore = -1;
        for (int row = 0; row < times.length(); row++) {
            if (times.isNull(row)) {
                writer.setEmpty(row);
                continue;
            }
            long value = isDate ? times.intAt(row) : times.longAt(row);
            if (rowBefore >= 0 && value == before) {
                writer.setSame(row, rowBefore);
            } else {
                writer.set(row, format(isDate ? LocalDate.ofEpochDay(value).atStartOfDay() : time(value), isDate));
            }
            before = value;
            rowBefore = row;
        }
        return writer.finish(times.length(), times.validity());
    }

    private static LocalDateTime time(long micros) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    /// Reads texts into `values`. Rows that do not follow the pattern lose their bit of `validity`; the first of them is returned, -1
    /// if there is none.
    public int parse(Column text, DataType type, MemorySegment validity, MemorySegment values) {
        int failed = -1;
        OptionalLong value = OptionalLong.empty();
        int rowBefore = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isThere = !text.isNull(row);
            if (isThere && !isSame(text, row, rowBefore)) {
                value = tryParse(text.stringAt(row), type);
            }
            rowBefore = isThere ? row : rowBefore;
            boolean isRead = isThere && value.isPresent();
            failed = failed < 0 && isThere && !isRead ? row : failed;
            Bits.set(validity, row, isRead);
            set(values, row, type, isRead ? value.getAsLong() : 0);
        }
        return failed;
    }

    private static boolean isSame(Column text, int row, int rowBefore) {
        return rowBefore >= 0
                && Views.equal(text.values(), row, text.data(), text.values(), rowBefore, text.data());
    }

    private OptionalLong tryParse(String text, DataType type) {
        try {
            return OptionalLong.of(parse(text, type));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static void set(MemorySegment values, int row, DataType type, long value) {
        if (type == DataType.DATE) {
            values.set(Layouts.INT, row * 4L, (int) value);
        } else {
            values.set(Layouts.LONG, row * 8L, value);
        }
    }
}

package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/// Reads one value from a text without allocating: [#point] it at the bytes, parse, and if that is true ask for the value.
/// ASCII white space around the value is ignored.
///
/// | type | accepted |
/// |---|---|
/// | BOOL | `true`, `false` in any case |
/// | INT, LONG | digits with an optional sign |
/// | FLOAT64 | digits with an optional sign, point and exponent; `NaN`, `inf`, `infinity` in any case |
/// | DATE | `2026-07-31`; years of four digits or more, also negative |
/// | TIMESTAMP | a date, or date, blank or `T`, `hh:mm`, and optionally `:ss` and up to six digits behind a point |
/// | decimal | digits with an optional sign and point |
/// | DURATION | `PT1H30M`, `-PT0.5S`, `P1DT2H` |
public final class TextParser {
    /// Powers of ten that a double holds exactly.
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long EXACT = 1L << 53;
    private static final int MOST_DIGITS = 18;

    private MemorySegment bytes = MemorySegment.NULL;
    /// The next byte to read, and the end of the text.
    private long at;
    private long end;
    private long longValue;
    private double doubleValue;

    public void point(MemorySegment bytes, long start, int length) {
        this.bytes = bytes;
        at = start;
        end = start + length;
        while (at < end && TextTransforms.isSpace(bytes.get(Layouts.BYTE, at))) {
            at++;
        }
        while (at < end && TextTransforms.isSpace(bytes.get(Layouts.BYTE, end - 1))) {
            end--;
        }
    }

    public long longValue() {
        return longValue;
    }

    double doubleValue() {
        return doubleValue;
    }

    boolean parseBoolean() {
        longValue = isWord("true") ? 1 : 0;
        return longValue == 1 || isWord("false");
    }

    boolean parseLong() {
        boolean negative = skip('-');
        if (!negative) {
            skip('+');
        }
        long start = at;
        // negative, because the least value has no opposite
        long value = 0;
        while (isDigit()) {
            int digit = bytes.get(Layouts.BYTE, at++) - '0';
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return false;
            }
            value = value * 10 - digit;
        }
        longValue = negative ? value : -value;
        return at > start && at == end && (negative || value != Long.MIN_VALUE);
    }

    boolean parseInt() {
        return parseLong() && longValue == (int) longValue;
    }

    /// As the number without its point, that is times ten to the power of `scale`. Digits behind those are refused unless they are 0.
    public boolean parseDecimal(int precision, int scale) {
        boolean negative = skip('-');
        if (!negative) {
            skip('+');
        }
        long start = at;
        boolean fits = readDecimalDigits(0, precision - scale, true);
        int digits = (int) (at - start);
        int missing = scale;
        if (skip('.')) {
            long fraction = at;
            fits &= readDecimalDigits(longValue, scale, false);
            digits += (int) (at - fraction);
            missing = Math.max(0, scale - (int) (at - fraction));
        }
        longValue *= DecimalKernels.power(missing);
        longValue = negative ? -longValue : longValue;
        return fits && digits > 0 && at == end;
    }

    /// Appends digits to a number in [#longValue]: at most `limit` that count, which are those behind leading zeros, or those before
    /// trailing ones.
    private boolean readDecimalDigits(long number, int limit, boolean isWhole) {
        long value = number;
        int count = 0;
        boolean fits = true;
        while (isDigit()) {
            int digit = bytes.get(Layouts.BYTE, at++) - '0';
            boolean counts = !isWhole || count > 0 || digit != 0;
            count += counts ? 1 : 0;
            fits &= count <= limit || !isWhole && digit == 0;
            value = counts && count <= limit ? value * 10 + digit : value;
        }
        longValue = value;
        return fits;
    }

    /// ISO 8601, as java.time.Duration reads it; nothing finer than microseconds.
    public boolean parseDuration() {
        try {
            Duration duration = Duration.parse(string(at));
            // before 0 from the second above, so that the least duration is reached
            int borrowed = duration.getSeconds() < 0 ? 1 : 0;
            longValue = Math.addExact(
                    Math.multiplyExact(duration.getSeconds() + borrowed, CivilDates.MICROS_PER_SECOND),
                    duration.getNano() / 1000 - borrowed * CivilDates.MICROS_PER_SECOND);
            return duration.getNano() % 1000 == 0;
        } catch (DateTimeParseException e) {
            return false;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    boolean parseDouble() {
        long start = at;
        boolean negative = skip('-');
        if (!negative) {
            skip('+');
        }
        if (isWord("nan") || isWord("inf") || isWord("infinity")) {
            double value = isWord("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
            doubleValue = negative ? -value : value;
            return true;
        }
        return parseDecimal(start, negative);
    }

    /// A mantissa below 2^53 and a power of ten that are both exact give the nearest double in one operation (Clinger's fast
    /// path: "How to read floating point numbers accurately", 1990); the rest is left to the JDK.
    private boolean parseDecimal(long start, boolean negative) {
        long first = at;
        long mantissa = readDigits(0);
        int digits = (int) (at - first);
        int fractionDigits = 0;
        if (skip('.')) {
            long fraction = at;
            mantissa = readDigits(mantissa);
            fractionDigits = (int) (at - fraction);
        }
        digits += fractionDigits;
        boolean hasExponent = digits > 0 && (skip('e') || skip('E'));
        long exponent = hasExponent ? readExponent() : 0;
        if (digits == 0 || at != end) {
            return false;
        }
        long scale = exponent - fractionDigits;
        if (digits <= MOST_DIGITS && mantissa <= EXACT && Math.abs(scale) < POWERS.length) {
            double value = scale < 0 ? mantissa / POWERS[(int) -scale] : mantissa * POWERS[(int) scale];
            doubleValue = negative ? -value : value;
        } else {
            doubleValue = Double.parseDouble(string(start));
        }
        return true;
    }

    /// Appends digits to a number, which may wrap around.
    private long readDigits(long number) {
        long value = number;
        while (isDigit()) {
            value = value * 10 + bytes.get(Layouts.BYTE, at++) - '0';
        }
        return value;
    }

    /// An exponent; moves [#at] away from the end if it has no digits.
    private long readExponent() {
        boolean negative = skip('-');
        if (!negative) {
            skip('+');
        }
        long start = at;
        long value = readDigits(0);
        if (at == start) {
            at = -1;
        }
        return at - start > MOST_DIGITS ? Integer.MAX_VALUE : negative ? -value : value;
    }

    boolean parseDays() {
        return readDate() && at == end && longValue == (int) longValue;
    }

    boolean parseTimestamp() {
        if (!readDate()) {
            return false;
        }
        long days = longValue;
        if (at == end) {
            return setMicros(days, 0);
        }
        if (!skip(' ') && !skip('T')) {
            return false;
        }
        long hour = readField(2);
        boolean valid = skip(':');
        long minute = readField(2);
        long second = 0;
        long micros = 0;
        if (skip(':')) {
            second = readField(2);
            micros = skip('.') ? readFraction() : 0;
        }
        valid &= at == end && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
        valid &= second >= 0 && second < 60 && micros >= 0;
        return valid && setMicros(days, ((hour * 60 + minute) * 60 + second) * CivilDates.MICROS_PER_SECOND + micros);
    }

    /// False if the sum is beyond the range. Before 1970 it is taken from the next midnight, so that no step leaves the range
    /// earlier than the sum does.
    private boolean setMicros(long days, long timeOfDay) {
        long midnightDays = days < 0 ? days + 1 : days;
        long rest = days < 0 ? timeOfDay - CivilDates.MICROS_PER_DAY : timeOfDay;
        long midnight = midnightDays * CivilDates.MICROS_PER_DAY;
        longValue = midnight + rest;
        boolean midnightFits = Math.multiplyHigh(midnightDays, CivilDates.MICROS_PER_DAY) == midnight >> 63;
        return midnightFits && (days < 0 ? longValue < midnight : longValue >= midnight);
    }

    /// Year, month and day to days.
    private boolean readDate() {
        boolean negative = skip('-');
        long start = at;
        long year = readDigits(0);
        boolean valid = at - start >= 4 && at - start <= 7 && skip('-');
        int month = readField(2);
        valid &= skip('-');
        int day = readField(2);
        if (!valid || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        longValue = CivilDates.toDays(negative ? -year : year, month, day);
        // the 30th of February is the 1st or 2nd of March
        return CivilDates.month(CivilDates.fromDays(longValue)) == month;
    }

    /// A number of exactly `digits` digits, or -1.
    private int readField(int digits) {
        long start = at;
        int value = (int) readDigits(0);
        return at - start == digits ? value : -1;
    }

    /// One to six digits behind the point as microseconds, or -1.
    private long readFraction() {
        long start = at;
        long value = readDigits(0);
        int digits = (int) (at - start);
        return digits < 1 || digits > 6 ? -1 : value * (long) POWERS[6 - digits];
    }

    private boolean isDigit() {
        return at < end && bytes.get(Layouts.BYTE, at) >= '0' && bytes.get(Layouts.BYTE, at) <= '9';
    }

    private boolean skip(char expected) {
        if (at < end && bytes.get(Layouts.BYTE, at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    /// True if what is left is `word`, which is in lower case.
    private boolean isWord(String word) {
        if (end - at != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes.get(Layouts.BYTE, at + i) | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String string(long start) {
        return new String(bytes.asSlice(start, end - start).toArray(Layouts.BYTE), StandardCharsets.US_ASCII);
    }
}

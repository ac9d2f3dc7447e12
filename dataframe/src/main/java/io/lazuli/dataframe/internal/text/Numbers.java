package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Parses numbers: the common forms from whole words, all others by the rules of Java's own parsers. Up to 16 bytes
/// beyond a number are loaded.
public final class Numbers {
    /// Not a number in a common form; the slow way knows more.
    public static final long UNCOMMON = Long.MIN_VALUE;

    private static final int LONGEST_COMMON = 18;
    /// Bytes of a text that may still be a number; every double has a shorter form.
    private static final int LONGEST = 1000;
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };
    private static final long DOTS = Swar.repeat('.');
    private static final long MOST_EXACT = 1L << 53;

    private Numbers() {}

    /// Up to 18 digits with an optional sign; [#UNCOMMON] for anything else.
    public static long common(MemorySegment bytes, long start, int length) {
        // One to eight digits, as most are.
        if ((length - 1 & -8) == 0) {
            long digits = Swar.digits(bytes.get(Layouts.LONG, start), length);
            if (Swar.areDigits(digits)) {
                return Swar.number(digits);
            }
        }
        return length == 0 ? UNCOMMON : signed(bytes, start, length);
    }

    private static long signed(MemorySegment bytes, long start, int length) {
        byte first = bytes.get(Layouts.BYTE, start);
        if (first != '-' && first != '+') {
            return magnitude(bytes, start, length);
        }
        long magnitude = magnitude(bytes, start + 1, length - 1);
        return first == '-' && magnitude != UNCOMMON ? -magnitude : magnitude;
    }

    private static long magnitude(MemorySegment bytes, long start, int length) {
        if (length <= 0 || length > LONGEST_COMMON) {
            return UNCOMMON;
        }
        int head = (length - 1 & 7) + 1;
        long digits = Swar.digits(bytes.get(Layouts.LONG, start), head);
        boolean areDigits = Swar.areDigits(digits);
        long value = Swar.number(digits);
        for (int done = head; done < length; done += 8) {
            digits = Swar.digits(bytes.get(Layouts.LONG, start + done), 8);
            areDigits &= Swar.areDigits(digits);
            value = value * 100_000_000 + Swar.number(digits);
        }
        return areDigits ? value : UNCOMMON;
    }

    /// An integer in any form, spaces around it allowed. Errors: NumberFormatException.
    public static long integer(MemorySegment bytes, long start, int length) {
        checkLength(length);
        return Long.parseLong(string(bytes, start, length).strip());
    }

    /// Up to 7 digits, a dot and up to 8 digits, or up to 8 digits: what a double holds exactly, divided by an exact
    /// power of ten, so that the result is rounded once. NaN for anything else.
    ///
    /// Source: William D. Clinger, "How to read floating point numbers accurately" (1990).
    public static double commonDecimal(MemorySegment bytes, long start, int length) {
        if (length == 0) {
            return Double.NaN;
        }
        byte first = bytes.get(Layouts.BYTE, start);
        if (first != '-') {
            return decimalMagnitude(bytes, start, length);
        }
        return -decimalMagnitude(bytes, start + 1, length - 1);
    }

    private static double decimalMagnitude(MemorySegment bytes, long start, int length) {
        long word = bytes.get(Layouts.LONG, start);
        int whole = Long.numberOfTrailingZeros(Swar.match(word, DOTS)) >>> 3;
        // Without a dot among the first eight bytes it is eight.
        if (whole >= length || whole == 8) {
            return length <= 0 || length > 8 ? Double.NaN : whole(Swar.digits(word, length));
        }
        int places = length - whole - 1;
        if (whole == 0 || places == 0 || places > 8) {
            return Double.NaN;
        }
        long left = Swar.digits(word, whole);
        long right = Swar.digits(bytes.get(Layouts.LONG, start + whole + 1), places);
        if (!Swar.areDigits(left) || !Swar.areDigits(right)) {
            return Double.NaN;
        }
        double power = POWERS_OF_TEN[places];
        return (Swar.number(left) * (long) power + Swar.number(right)) / power;
    }

    private static double whole(long digits) {
        return Swar.areDigits(digits) ? Swar.number(digits) : Double.NaN;
    }

    /// A number in any decimal form, with up to 15 digits and a small exponent by one exact operation; or NaN,
    /// Infinity, inf.
    /// Errors: NumberFormatException.
    public static double decimal(MemorySegment bytes, long start, int length) {
        checkLength(length);
        String text = string(bytes, start, length).strip();
        int at = 0;
        int size = text.length();
        boolean isNegative = size > 0 && text.charAt(0) == '-';
        if (isNegative || size > 0 && text.charAt(0) == '+') {
            at++;
        }
        if (at < size && Character.isLetter(text.charAt(at))) {
            return isNegative ? -named(text.substring(at)) : named(text.substring(at));
        }
        // Java's parser takes hexadecimal numbers and suffixes such as 1.5f too.
        long mantissa = 0;
        int places = 0;
        int digits = 0;
        boolean hasDot = false;
        for (; at < size && (isDigit(text.charAt(at)) || text.charAt(at) == '.' && !hasDot); at++) {
            if (text.charAt(at) == '.') {
                hasDot = true;
                continue;
            }
            mantissa = mantissa < MOST_EXACT ? mantissa * 10 + text.charAt(at) - '0' : MOST_EXACT;
            places += hasDot ? 1 : 0;
            digits++;
        }
        if (digits == 0) {
            throw new NumberFormatException("no digits");
        }
        if (at == size && mantissa < MOST_EXACT && places < POWERS_OF_TEN.length) {
            double value = mantissa / POWERS_OF_TEN[places];
            return isNegative ? -value : value;
        }
        if (at < size && !isExponent(text, at)) {
            throw new NumberFormatException("not a number");
        }
        return Double.parseDouble(text);
    }

    private static void checkLength(int length) {
        if (length > LONGEST) {
            throw new NumberFormatException("too long");
        }
    }

    private static double named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            default -> throw new NumberFormatException("not a number");
        };
    }

    private static boolean isExponent(String text, int at) {
        int digit = at + 1;
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        if (digit < text.length() && (text.charAt(digit) == '+' || text.charAt(digit) == '-')) {
            digit++;
        }
        return digit < text.length() && text.substring(digit).chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    public static String string(MemorySegment bytes, long start, int length) {
        byte[] text = new byte[length];
        MemorySegment.copy(bytes, Layouts.BYTE, start, text, 0, length);
        return new String(text, StandardCharsets.UTF_8);
    }
}

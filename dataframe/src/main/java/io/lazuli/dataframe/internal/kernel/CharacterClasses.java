package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;

/// What kinds of characters texts are made of. ASCII is looked up in a table, the rest asked of java.lang.Character.
public enum CharacterClasses {
    ALPHA(Masks.LETTER, Masks.LETTER),
    DIGIT(Masks.DIGIT, Masks.DIGIT),
    NUMERIC(Masks.NUMBER, Masks.NUMBER),
    ALPHANUMERIC(Masks.LETTER | Masks.NUMBER, Masks.LETTER | Masks.NUMBER),
    SPACE(Masks.SPACE, Masks.SPACE),
    UPPER(Masks.UPPER | Masks.UNCASED, Masks.UPPER),
    LOWER(Masks.LOWER | Masks.UNCASED, Masks.LOWER);

    /// The classes of a character, a bit each.
    private static final class Masks {
        static final int LETTER = 1;
        static final int DIGIT = 2;
        /// Digits, and what else stands for a number: fractions, Roman numerals.
        static final int NUMBER = 4;
        static final int SPACE = 8;
        static final int UPPER = 16;
        static final int LOWER = 32;
        static final int UNCASED = 64;
        static final byte[] ASCII = new byte[128];

        static {
            for (int point = 0; point < 128; point++) {
                ASCII[point] = (byte) of(point);
            }
        }

        static int of(int point) {
            boolean isUpper = Character.isUpperCase(point) || Character.isTitleCase(point);
            boolean isLower = Character.isLowerCase(point);
            int type = Character.getType(point);
            boolean isNumber = Character.isDigit(point) || type == Character.LETTER_NUMBER
                    || type == Character.OTHER_NUMBER;
            return (Character.isLetter(point) ? LETTER : 0)
                    | (Character.isDigit(point) ? DIGIT : 0)
                    | (isNumber ? NUMBER : 0)
                    | (Character.isWhitespace(point) || Character.isSpaceChar(point) ? SPACE : 0)
                    | (isUpper ? UPPER : isLower ? LOWER : UNCASED);
        }
    }

    /// Every character must be of one of these classes, and one of these.
    private final int allowed;
    private final int needed;

    CharacterClasses(int allowed, int needed) {
        this.allowed = allowed;
        this.needed = needed;
    }

    /// Whether texts are made of the class: not empty, and every character of it. Upper and lower case look at letters that have
    /// cases, and want at least one.
    public void test(Column text, MemorySegment bits) {
        for (int row = 0; row < text.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, text.length()); row < end; row++) {
                found |= (!text.isNull(row) && isMadeOf(text, row) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }

    private boolean isMadeOf(Column text, int row) {
        MemorySegment bytes = Views.bytes(text.values(), row, text.data());
        long start = Views.start(text.values(), row);
        long end = start + Views.length(text.values(), row);
        int seen = 0;
        for (long at = start; at < end; at = Utf8.next(bytes, at, end)) {
            int point = Utf8.decode(bytes, at, end);
            int classes = point < 128 ? Masks.ASCII[point] : Masks.of(point);
            if ((classes & allowed) == 0) {
                return false;
            }
            seen |= classes;
        }
        return (seen & needed) != 0;
    }
}

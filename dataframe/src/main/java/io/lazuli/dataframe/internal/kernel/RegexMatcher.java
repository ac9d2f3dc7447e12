package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A regular expression (java.util.regex) run over texts with one matcher that is reused. Confined to one thread.
///
/// java.util.regex goes back and tries again, which can take exponential time: a text may be looked at
/// [#LOOKS_PER_CHARACTER] times a character before that is an error. A thread that is interrupted stops in the middle of a text.
public final class RegexMatcher {
    static final long LEAST_LOOKS = 1_000_000;
    static final long LOOKS_PER_CHARACTER = 10_000;

    private final String pattern;
    private final Characters characters = new Characters();
    private final Matcher matcher;

    public RegexMatcher(String pattern) {
        this.pattern = pattern;
        this.matcher = Pattern.compile(pattern).matcher("");
    }

    /// Whether the expression matches a part of each text. Errors: DATA if that takes too long for one.
    public void find(Column text, MemorySegment bits) {
        for (int row = 0; row < text.length(); row++) {
            Bits.set(bits, row, !text.isNull(row) && find(text, row));
        }
    }

    private boolean find(Column text, int row) {
        try {
            return reset(text, row).find();
        } catch (StackOverflowError | TooManyLooks e) {
            throw tooHard(text, row, e);
        }
    }

    /// Whether the expression matches each text as a whole. Errors: as [#find].
    public void matches(Column text, MemorySegment bits) {
        for (int row = 0; row < text.length(); row++) {
            Bits.set(bits, row, !text.isNull(row) && matches(text, row));
        }
    }

    private boolean matches(Column text, int row) {
        try {
            return reset(text, row).matches();
        } catch (StackOverflowError | TooManyLooks e) {
            throw tooHard(text, row, e);
        }
    }

    /// How many parts of each text the expression matches, without overlap. Errors: as [#find].
    public void count(Column text, MemorySegment result) {
        for (int row = 0; row < text.length(); row++) {
            result.set(Layouts.INT, row * 4L, text.isNull(row) ? 0 : count(text, row));
        }
    }

    private int count(Column text, int row) {
        try {
            int count = 0;
            for (Matcher found = reset(text, row); found.find();) {
                count += characters.isWhole(found.start()) ? 1 : 0;
            }
            return count;
        } catch (StackOverflowError | TooManyLooks e) {
            throw tooHard(text, row, e);
        }
    }

    /// What a group of the first match holds; null where nothing matches or the group takes no part. Errors: as [#find].
    public Column extract(Column text, int group, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        MemorySegment validity = scratch.bits(text.length());
        for (int row = 0; row < text.length(); row++) {
            boolean isThere = !text.isNull(row) && find(text, row) && matcher.start(group) >= 0;
            Bits.set(validity, row, isThere);
            if (isThere) {
                writer.begin();
                characters.appendTo(writer, matcher.start(group), matcher.end(group));
                writer.end(row);
            } else {
                writer.setEmpty(row);
            }
        }
        return writer.finish(text.length(), validity);
    }

    /// Every match replaced; `$1` stands for what group 1 holds. Errors: as [#find]; DATA if a text becomes too long.
    public Column replace(Column text, String replacement, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        StringBuilder replaced = new StringBuilder();
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                writer.setEmpty(row);
            } else if (find(text, row)) {
                replace(text, row, replacement, replaced);
                writer.set(row, replaced.toString());
            } else {
                writer.begin();
                writer.append(text, row);
                writer.end(row);
            }
        }
        return writer.finish(text.length(), text.validity());
    }

    /// From the first match, which has been found, on.
    private void replace(Column text, int row, String replacement, StringBuilder replaced) {
        replaced.setLength(0);
        try {
            do {
                if (characters.isWhole(matcher.start())) {
                    matcher.appendReplacement(replaced, replacement);
                }
            } while (matcher.find());
            matcher.appendTail(replaced);
        } catch (StackOverflowError | TooManyLooks e) {
            throw tooHard(text, row, e);
        }
    }

    private Matcher reset(Column text, int row) {
        characters.point(text, row);
        return matcher.reset(characters);
    }

    private RuntimeException tooHard(Column text, int row, Throwable cause) {
        return ExpressionErrors.regexTooHard(pattern, text.stringAt(row), cause);
    }

    /// One text has been looked at too often, or its task shall end.
    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyLooks() {
            super("too many steps back", null, false, false);
        }
    }

    /// A text in UTF-16, in an array that is reused, which counts how often it is looked at.
    private static final class Characters implements CharSequence {
        private static final long BETWEEN_CHECKS = 1 << 16;

        private char[] chars = new char[64];
        private int length;
        /// Looks until the next check of the budget, and what is left of that then.
        private long looks;
        private long budget;

        void point(Column text, int row) {
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long start = Views.start(text.values(), row);
            int byteLength = Views.length(text.values(), row);
            if (chars.length < byteLength) {
                chars = new char[Math.max(byteLength, 2 * chars.length)];
            }
            length = 0;
            for (long at = start, end = start + byteLength; at < end; at = Utf8.next(bytes, at, end)) {
                int point = Utf8.decode(bytes, at, end);
                if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    chars[length++] = (char) point;
                } else {
                    chars[length++] = Character.highSurrogate(point);
                    chars[length++] = Character.lowSurrogate(point);
                }
            }
            looks = BETWEEN_CHECKS;
            budget = LEAST_LOOKS + LOOKS_PER_CHARACTER * length;
        }

        /// False in the middle of a code point of two chars, where java.util.regex finds an empty match.
        boolean isWhole(int index) {
            return index == 0 || index == length || !Character.isSurrogatePair(chars[index - 1], chars[index]);
        }

        void appendTo(TextWriter writer, int start, int end) {
            for (int i = start; i < end; i++) {
                char c = chars[i];
                if (Character.isHighSurrogate(c) && i + 1 < end) {
                    writer.appendCodePoint(Character.toCodePoint(c, chars[++i]));
                } else {
                    writer.appendCodePoint(c);
                }
            }
        }

        @Override
        public char charAt(int index) {
            if (--looks < 0) {
                check();
            }
            return chars[index];
        }

        private void check() {
            looks = BETWEEN_CHECKS;
            budget -= BETWEEN_CHECKS;
            if (budget < 0 || Thread.currentThread().isInterrupted()) {
                throw new TooManyLooks();
            }
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(chars, start, end - start);
        }

        @Override
        public String toString() {
            return new String(chars, 0, length);
        }
    }
}

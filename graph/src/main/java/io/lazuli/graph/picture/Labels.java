package io.lazuli.graph.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Texts that fit: cut and broken into lines by the number of columns that they take in a font of fixed width.
final class Labels {
    private static final String MORE = "…";

    private Labels() {}

    /// `1 link`, `1,234 links`, `2 boxes`.
    static String count(long count, String noun) {
        String plural = noun + (noun.endsWith("x") ? "es" : "s");
        return number(count) + " " + (count == 1 ? noun : plural);
    }

    /// `1,234`.
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// The text on one line; cut if it takes more than `columns`.
    static String cut(String text, int columns) {
        String line = line(text);
        return columns(line) <= columns ? line : take(line, columns - 1).stripTrailing() + MORE;
    }

    /// The text on at most `most` lines of `columns` each, broken at blanks where that can be; cut if it is longer.
    static List<String> wrap(String text, int columns, int most) {
        List<String> lines = new ArrayList<>();
        String rest = line(text);
        while (lines.size() < most - 1 && columns(rest) > columns) {
            String taken = take(rest, columns + 1);
            int blank = taken.lastIndexOf(' ');
            String part = blank > columns / 3 ? taken.substring(0, blank) : take(rest, columns);
            lines.add(part.stripTrailing());
            rest = rest.substring(part.length()).stripLeading();
        }
        lines.add(cut(rest, columns));
        return lines;
    }

    /// The character, or a sign in its place that every reader accepts: XML knows no control characters, UTF-8 no halves of
    /// pairs.
    static int legal(int character) {
        boolean blank = character == '\n' || character == '\t';
        boolean half = character >= 0xD800 && character <= 0xDFFF;
        boolean none = character == 0xFFFE || character == 0xFFFF;
        return half || none || character < ' ' && !blank ? 0xFFFD : character;
    }

    /// Line breaks, tabs and runs of blanks as one blank each.
    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /// As many characters from the start as fit.
    private static String take(String text, int columns) {
        int end = 0;
        int taken = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            taken += columns(character);
            if (taken > columns) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    static int columns(String text) {
        return text.codePoints().map(Labels::columns).sum();
    }

    /// Two for what East Asian scripts and pictographs take, from Hangul on; nothing for what joins the character before.
    private static int columns(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> character >= 0x1100 && !isNarrow(character) ? 2 : 1;
        };
    }

    /// Scripts of one column above Hangul, and punctuation, arrows and mathematical signs.
    private static boolean isNarrow(int character) {
        return character >= 0x1200 && character < 0x2600 || character >= 0xFB00 && character < 0xFE30;
    }
}

package io.lazuli.dataframe.internal;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;

/// The wording of errors of expressions, functions and types; see [Errors].
public final class ExpressionErrors {
    private ExpressionErrors() {}

    public static LazuliException badDecimal(int precision, int scale) {
        return user(
                "decimal(%d, %d): the precision must be from 1 to 18, the scale from 0 to the precision. Use FLOAT64 for more digits that need not be exact."
                        .formatted(precision, scale));
    }

    public static LazuliException literalOutOfRange(String code, Object type) {
        return user(
                "%s is beyond what %s holds. Use a value within its range.".formatted(Errors.shortened(code), type));
    }

    public static LazuliException tooLarge(int depth, int parts) {
        return user(
                "An expression is nested more than %,d levels deep, or has more than %,d parts. Compare a value with many by in(...), or make parts of it columns first, with withColumns(...)."
                        .formatted(depth, parts));
    }

    /// @param found what the operation was applied to, such as `9223372036854775807 + 1`
    public static LazuliException overflow(String found, Object type) {
        return data("Overflow: %s does not fit %s. %s".formatted(found, type, advice(type.toString())));
    }

    private static String advice(String type) {
        if (type.equals("INT")) {
            return "Cast an operand to LONG.";
        }
        boolean isNumber = type.equals("LONG") || type.startsWith("decimal");
        return isNumber ? "Cast an operand to FLOAT64." : "Filter such rows out first.";
    }

    public static LazuliException regexTooHard(String pattern, String text, Throwable cause) {
        return new LazuliException(
                ErrorCode.DATA,
                ("The regular expression %s went back and forth too often in the text '%s' of %,d characters. Write it without"
                        + " nested repetition, such as (a+)+, or use possessive quantifiers, such as a++.")
                        .formatted(pattern, Errors.shortened(text), text.length()),
                cause);
    }

    public static LazuliException notOfPattern(String text, String pattern, Object type) {
        String lenient = type.toString().equals("DATE") ? "tryToDate" : "tryToTimestamp";
        return data(
                "'%s' is no %s of the pattern %s. Correct the pattern, filter such rows out, or take %s(...), which gives null for them."
                        .formatted(Errors.shortened(text), type, pattern, lenient));
    }

    public static LazuliException badRegex(String code, String reason) {
        return user("%s: the regular expression is wrong: %s.".formatted(code, reason));
    }

    public static LazuliException noSuchGroup(String code, int group, int groupCount) {
        return user("%s: there is no group %d; the regular expression has the groups 0 (all of the match) to %d."
                .formatted(code, group, groupCount));
    }

    public static LazuliException badTimePattern(String code, String reason) {
        return user("%s: the pattern is wrong: %s. Patterns are those of java.time, such as yyyy-MM-dd HH:mm:ss."
                .formatted(code, reason));
    }

    public static LazuliException badEscape(String code) {
        return user("%s: behind the escape character there must be %%, _ or the escape character.".formatted(code));
    }

    public static LazuliException badArgument(String code, String argument, String expected) {
        return user("%s: %s must be %s.".formatted(code, argument, expected));
    }

    public static LazuliException unknownZone(String code, String zone) {
        return user("%s: there is no time zone '%s'. Zones are written as Europe/Berlin, UTC or +02:00."
                .formatted(code, zone));
    }

    public static LazuliException unitOfDate(String code, String unit) {
        return user("%s: a DATE has no %s. Truncate it to DAY or more, or cast it to TIMESTAMP.".formatted(code, unit));
    }

    public static LazuliException scaleTooLarge(String code, Object left, Object right) {
        return user(
                "%s has too many digits behind the point: %s times %s. Cast an operand to a smaller scale or to FLOAT64."
                        .formatted(code, left, right));
    }

    public static LazuliException noArithmetic(String code, Object left, Object right) {
        return user(
                ("%s: there is no such arithmetic of %s and %s. Durations are added to and taken from dates, times and durations,"
                        + " times are subtracted from each other, and durations are multiplied by whole numbers.")
                        .formatted(code, left, right));
    }

    public static LazuliException unequalReplacements(int from, int to) {
        return user("replace(...) needs as many new values as old ones, found %d and %d.".formatted(to, from));
    }

    public static LazuliException untypedNull() {
        return user("A null on its own has no type. Write cast(null as LONG), or test with 'is null'.");
    }

    /// @param position of the character, from 0
    public static LazuliException syntax(String text, int position, String found, String expected) {
        return user("Cannot read the expression at character %d: found %s, expected %s.\n  %s\n  %s^"
                .formatted(position + 1, found, expected, text.replace('\n', ' '), " ".repeat(position)));
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }
}

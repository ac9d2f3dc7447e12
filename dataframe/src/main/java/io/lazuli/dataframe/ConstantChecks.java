package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.DateFunction;
import io.lazuli.dataframe.internal.expression.NumberFunction;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.kernel.LikePattern;
import io.lazuli.dataframe.internal.kernel.TimePattern;
import io.lazuli.dataframe.type.DataType;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Tries out the constants of a call (patterns, positions, zones) when it is bound, so that none can fail a job that runs.
final class ConstantChecks {
    private static final LocalDateTime SAMPLE = LocalDateTime.of(2001, 2, 3, 4, 5, 6);
    private static final Set<String> UNITS_OF_TIMES = Set.of("MILLISECOND", "SECOND", "MINUTE", "HOUR");

    private ConstantChecks() {}

    /// Errors: USER, naming the call and what its constant should be.
    static void check(ExprNode.Call call, BoundExpr.Call bound) {
        switch (bound.function()) {
            case TextFunction function -> checkText(function, call.toString(), bound);
            case DateFunction function -> checkDate(function, call.toString(), bound);
            case NumberFunction ignored -> {}
            case ValueFunction ignored -> {}
        }
    }

    private static void checkText(TextFunction function, String code, BoundExpr.Call bound) {
        switch (function) {
            case SUBSTRING -> {
                require(number(bound, 1) >= 0 && number(bound, 2) >= 0, code, "start and length", "0 or more");
            }
            case REPEAT -> require(number(bound, 1) >= 0, code, "the count", "0 or more");
            case PAD_START, PAD_END, CENTER ->
                require(text(bound, 2).codePointCount(0, text(bound, 2).length()) == 1, code, "the filler",
                        "one character");
            case SPLIT_PART -> require(!text(bound, 1).isEmpty(), code, "the separator", "at least one character");
            case REPLACE -> require(!text(bound, 1).isEmpty(), code, "the text to replace", "at least one character");
            case LIKE -> {
                String escape = bound.arguments().size() > 2 ? text(bound, 2) : "";
                require(escape.codePointCount(0, escape.length()) <= 1, code, "the escape", "one character");
                if (LikePattern.parse(text(bound, 1), escape).isEmpty()) {
                    throw ExpressionErrors.badEscape(code);
                }
            }
            case CONTAINS_REGEX, FULL_MATCH, COUNT_REGEX -> pattern(code, bound);
            case EXTRACT -> checkGroup(code, pattern(code, bound), number(bound, 2));
            case REPLACE_REGEX -> checkReplacement(code, pattern(code, bound), text(bound, 2));
            case TO_DATE, TO_TIMESTAMP, TRY_TO_DATE, TRY_TO_TIMESTAMP ->
                checkTimePattern(code, text(bound, 1), bound.type(), true);
            default -> {}
        }
    }

    private static void checkDate(DateFunction function, String code, BoundExpr.Call bound) {
        switch (function) {
            case TRUNCATE -> {
                String units = Arrays.toString(DateUnit.values());
                require(units.contains(text(bound, 1)) && !text(bound, 1).isEmpty(), code, "the unit",
                        "one of " + units);
                if (bound.type() == DataType.DATE && UNITS_OF_TIMES.contains(text(bound, 1))) {
                    throw ExpressionErrors.unitOfDate(code, text(bound, 1));
                }
            }
            case FLOOR, CEIL, ROUND ->
                require((Long) constant(bound, 1) > 0, code, "the duration", "at least a microsecond");
            case FORMAT -> checkTimePattern(code, text(bound, 1), bound.arguments().getFirst().type(), false);
            case UTC_TO_ZONE, ZONE_TO_UTC -> checkZone(code, text(bound, 1));
            default -> {}
        }
    }

    private static void require(boolean holds, String code, String argument, String expected) {
        if (!holds) {
            throw ExpressionErrors.badArgument(code, argument, expected);
        }
    }

    private static Pattern pattern(String code, BoundExpr.Call bound) {
        try {
            return Pattern.compile(text(bound, 1));
        } catch (PatternSyntaxException e) {
            throw ExpressionErrors.badRegex(code,
                    "%s near character %d".formatted(e.getDescription(), e.getIndex() + 1));
        }
    }

    private static void checkGroup(String code, Pattern pattern, int group) {
        int groupCount = pattern.matcher("").groupCount();
        if (group < 0 || group > groupCount) {
            throw ExpressionErrors.noSuchGroup(code, group, groupCount);
        }
    }

    /// Replaces once, in a text that the pattern with a way out certainly matches.
    private static void checkReplacement(String code, Pattern pattern, String replacement) {
        try {
            Pattern.compile("(?:" + pattern.pattern() + "\n)|", pattern.flags()).matcher("").replaceFirst(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ExpressionErrors.badRegex(code, "in the replacement: " + e.getMessage());
        }
    }

    private static void checkTimePattern(String code, String pattern, DataType type, boolean isRead) {
        try {
            TimePattern form = TimePattern.of(pattern);
            String written = form.format(SAMPLE, type == DataType.DATE);
            if (isRead) {
                form.parse(written, type);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw ExpressionErrors.badTimePattern(code, String.valueOf(e.getMessage()));
        }
    }

    private static void checkZone(String code, String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw ExpressionErrors.unknownZone(code, zone);
        }
    }

    private static String text(BoundExpr.Call call, int index) {
        return (String) constant(call, index);
    }

    private static int number(BoundExpr.Call call, int index) {
        return (Integer) constant(call, index);
    }

    private static Object constant(BoundExpr.Call call, int index) {
        return ((BoundExpr.Literal) call.arguments().get(index)).value().orElseThrow();
    }
}

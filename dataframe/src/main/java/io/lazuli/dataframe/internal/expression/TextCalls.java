package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Shapes.measure;
import static io.lazuli.dataframe.internal.expression.Shapes.search;
import static io.lazuli.dataframe.internal.expression.Shapes.transform;

import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.CharacterClasses;
import io.lazuli.dataframe.internal.kernel.CharacterSet;
import io.lazuli.dataframe.internal.kernel.LikePattern;
import io.lazuli.dataframe.internal.kernel.RegexMatcher;
import io.lazuli.dataframe.internal.kernel.TextBuilding;
import io.lazuli.dataframe.internal.kernel.TextKernels;
import io.lazuli.dataframe.internal.kernel.TextParts;
import io.lazuli.dataframe.internal.kernel.TextSearch;
import io.lazuli.dataframe.internal.kernel.TextTransforms;
import io.lazuli.dataframe.internal.kernel.TimePattern;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Chooses kernels for functions of texts. What a constant says (a pattern, a set of characters) is prepared here, once a task.
final class TextCalls {
    private TextCalls() {}

    static PreparedExpr prepare(TextFunction function, List<PreparedExpr> arguments) {
        PreparedExpr text = arguments.getFirst();
        return switch (function) {
            case LENGTH -> measure(DataType.INT, text, TextKernels::length);
            case BYTE_LENGTH -> measure(DataType.INT, text, TextKernels::byteLength);
            case UPPER -> transform(text, TextTransforms::upper);
            case LOWER -> transform(text, TextTransforms::lower);
            case CAPITALIZE -> transform(text, (t, scratch) -> TextBuilding.capitalize(t, false, scratch));
            case TITLE -> transform(text, (t, scratch) -> TextBuilding.capitalize(t, true, scratch));
            case REVERSE -> transform(text, TextBuilding::reverse);
            case STRIP_ACCENTS -> transform(text, TextBuilding::stripAccents);
            case TRIM -> trim(text, arguments, true, true);
            case TRIM_START -> trim(text, arguments, true, false);
            case TRIM_END -> trim(text, arguments, false, true);
            case CONTAINS -> search(DataType.BOOL, text, arguments.get(1), TextKernels::contains);
            case STARTS_WITH -> search(DataType.BOOL, text, arguments.get(1), TextKernels::startsWith);
            case ENDS_WITH -> search(DataType.BOOL, text, arguments.get(1), TextKernels::endsWith);
            case FIND -> search(DataType.INT, text, arguments.get(1), TextSearch::find);
            case FIND_LAST -> search(DataType.INT, text, arguments.get(1), TextSearch::findLast);
            case COUNT -> search(DataType.INT, text, arguments.get(1), TextSearch::count);
            case CONCAT -> (batch, scratch) -> TextTransforms.concat(
                    text.evaluate(batch, scratch), arguments.get(1).evaluate(batch, scratch), scratch);
            case JOIN_TEXTS -> join(text, arguments.subList(1, arguments.size()));
            case SUBSTRING, SLICE, REPEAT, SPLIT_PART, REMOVE_PREFIX, REMOVE_SUFFIX -> part(function, text, arguments);
            case PAD_START, PAD_END, CENTER, ZERO_FILL -> pad(function, text, arguments);
            case REPLACE -> replace(text, arguments.get(1), arguments.get(2));
            case LIKE -> measure(DataType.BOOL, text,
                    like(text(arguments, 1), arguments.size() > 2 ? text(arguments, 2) : "")::test);
            case CONTAINS_REGEX, FULL_MATCH, COUNT_REGEX, EXTRACT, REPLACE_REGEX -> regex(function, text, arguments);
            case IS_ALPHA -> measure(DataType.BOOL, text, CharacterClasses.ALPHA::test);
            case IS_DIGIT -> measure(DataType.BOOL, text, CharacterClasses.DIGIT::test);
            case IS_NUMERIC -> measure(DataType.BOOL, text, CharacterClasses.NUMERIC::test);
            case IS_ALPHANUMERIC -> measure(DataType.BOOL, text, CharacterClasses.ALPHANUMERIC::test);
            case IS_SPACE -> measure(DataType.BOOL, text, CharacterClasses.SPACE::test);
            case IS_UPPER -> measure(DataType.BOOL, text, CharacterClasses.UPPER::test);
            case IS_LOWER -> measure(DataType.BOOL, text, CharacterClasses.LOWER::test);
            case TO_DATE -> parse(text, text(arguments, 1), DataType.DATE, true);
            case TO_TIMESTAMP -> parse(text, text(arguments, 1), DataType.TIMESTAMP, true);
            case TRY_TO_DATE -> parse(text, text(arguments, 1), DataType.DATE, false);
            case TRY_TO_TIMESTAMP -> parse(text, text(arguments, 1), DataType.TIMESTAMP, false);
        };
    }

    private static PreparedExpr trim(PreparedExpr text, List<PreparedExpr> arguments, boolean atStart, boolean atEnd) {
        CharacterSet characters =
                arguments.size() > 1 ? CharacterSet.of(text(arguments, 1)) : CharacterSet.WHITE_SPACE;
        return transform(text, (t, scratch) -> TextParts.trim(t, characters, atStart, atEnd, scratch));
    }

    private static PreparedExpr join(PreparedExpr separator, List<PreparedExpr> texts) {
        return (batch, scratch) -> {
            List<Column> columns = texts.stream().map(text -> text.evaluate(batch, scratch)).toList();
            Column between = Constant.scalarOrColumn(separator, batch, scratch);
            return TextBuilding.join(between, columns, batch.rowCount(), scratch);
        };
    }

    private static PreparedExpr part(TextFunction function, PreparedExpr text, List<PreparedExpr> arguments) {
        return switch (function) {
            case REMOVE_PREFIX -> transform(text, arguments.get(1), TextParts::removePrefix);
            case REMOVE_SUFFIX -> transform(text, arguments.get(1), TextParts::removeSuffix);
            case SPLIT_PART -> {
                int index = number(arguments, 2);
                yield transform(text, arguments.get(1),
                        (t, separator, scratch) -> TextParts.splitPart(t, separator, index, scratch));
            }
            case REPEAT -> {
                int count = number(arguments, 1);
                yield transform(text, (t, scratch) -> TextBuilding.repeat(t, count, scratch));
            }
            default -> {
                int start = number(arguments, 1);
                int end = number(arguments, 2);
                yield transform(text, (t, scratch) -> function == TextFunction.SLICE
                        ? TextParts.slice(t, start, end, scratch)
                        : TextParts.substring(t, start, end, scratch));
            }
        };
    }

    private static PreparedExpr pad(TextFunction function, PreparedExpr text, List<PreparedExpr> arguments) {
        int width = number(arguments, 1);
        return switch (function) {
            case ZERO_FILL -> transform(text, (t, scratch) -> TextBuilding.zeroFill(t, width, scratch));
            case PAD_START -> transform(text, arguments.get(2),
                    (t, fill, scratch) -> TextBuilding.padStart(t, width, fill, scratch));
            case PAD_END -> transform(text, arguments.get(2),
                    (t, fill, scratch) -> TextBuilding.padEnd(t, width, fill, scratch));
            default -> transform(text, arguments.get(2),
                    (t, fill, scratch) -> TextBuilding.center(t, width, fill, scratch));
        };
    }

    private static PreparedExpr replace(PreparedExpr text, PreparedExpr from, PreparedExpr to) {
        return (batch, scratch) -> TextBuilding.replace(
                text.evaluate(batch, scratch), Constant.scalarOrColumn(from, batch, scratch),
                Constant.scalarOrColumn(to, batch, scratch), scratch);
    }

    private static LikePattern like(String pattern, String escape) {
        return LikePattern.parse(pattern, escape)
                .orElseThrow(() -> new IllegalArgumentException("no pattern of LIKE: " + pattern));
    }

    private static PreparedExpr regex(TextFunction function, PreparedExpr text, List<PreparedExpr> arguments) {
        RegexMatcher matcher = new RegexMatcher(text(arguments, 1));
        return switch (function) {
            case CONTAINS_REGEX -> measure(DataType.BOOL, text, matcher::find);
            case FULL_MATCH -> measure(DataType.BOOL, text, matcher::matches);
            case COUNT_REGEX -> measure(DataType.INT, text, matcher::count);
            case EXTRACT -> {
                int group = number(arguments, 2);
                yield transform(text, (t, scratch) -> matcher.extract(t, group, scratch));
            }
            default -> {
                String replacement = text(arguments, 2);
                yield transform(text, (t, scratch) -> matcher.replace(t, replacement, scratch));
            }
        };
    }

    private static PreparedExpr parse(PreparedExpr text, String pattern, DataType type, boolean isStrict) {
        TimePattern form = TimePattern.of(pattern);
        return transform(text, (t, scratch) -> parse(t, form, pattern, type, isStrict, scratch));
    }

    private static Column parse(Column text, TimePattern form, String pattern, DataType type, boolean isStrict,
            Scratch scratch) {
        MemorySegment validity = scratch.bits(text.length());
        MemorySegment values = scratch.values(Kind.of(type), text.length());
        int failed = form.parse(text, type, validity, values);
        if (failed >= 0 && isStrict) {
            throw ExpressionErrors.notOfPattern(text.stringAt(failed), pattern, type);
        }
        return new Column(type, text.length(), failed < 0 ? text.validity() : validity, values);
    }

    private static String text(List<PreparedExpr> arguments, int index) {
        return Constant.of(arguments.get(index)).textValue();
    }

    private static int number(List<PreparedExpr> arguments, int index) {
        return Constant.of(arguments.get(index)).intValue();
    }
}

package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.expression.BoundExpr.Function;
import io.lazuli.dataframe.type.DataType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/// Writes expressions and frames as the Java that builds them.
final class Code {
    private Code() {}

    static String call(Expr receiver, String method, Expr... arguments) {
        return receiver + "." + method
                + Arrays.stream(arguments).map(Code::argument).collect(Collectors.joining(", ", "(", ")"));
    }

    /// An operand in a place that has overloads for constants.
    static String argument(Expr operand) {
        return operand instanceof ExprNode.Literal(Object value) ? literal(value) : operand.toString();
    }

    static String quotedList(Collection<String> names) {
        return names.stream().map(Code::quote).collect(Collectors.joining(", "));
    }

    static String list(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    static String literal(Object value) {
        return switch (value) {
            case Long number -> number == number.intValue() ? number.toString() : number + "L";
            case Double number -> number(number);
            case String text -> quote(text);
            case LocalDate date -> "LocalDate.parse(\"" + date + "\")";
            case LocalDateTime time -> "LocalDateTime.parse(\"" + time + "\")";
            default -> value.toString();
        };
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "Double.NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        return Double.toString(number);
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    static String type(DataType type) {
        return "DataType." + type;
    }

    static String method(Function function) {
        return switch (function) {
            case YEAR -> "dt().year";
            case MONTH -> "dt().month";
            case DAY -> "dt().day";
            case DAY_OF_WEEK -> "dt().dayOfWeek";
            case HOUR -> "dt().hour";
            case LENGTH -> "str().length";
            case UPPER -> "str().upper";
            case LOWER -> "str().lower";
            case TRIM -> "str().trim";
            case CONTAINS -> "str().contains";
            case STARTS_WITH -> "str().startsWith";
            case ENDS_WITH -> "str().endsWith";
            case CONCAT -> "str().concat";
            case SUBSTRING -> "str().substring";
            case ABS -> "abs";
            case ROUND -> "round";
            case FLOOR -> "floor";
            case CEIL -> "ceil";
            case SQRT -> "sqrt";
        };
    }
}

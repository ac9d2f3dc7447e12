package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Lists;
import io.lazuli.dataframe.internal.expression.NumberFunction;
import io.lazuli.dataframe.internal.expression.ScalarFunction;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes expressions and frames as the Java that builds them.
final class Code {
    private Code() {}

    static String call(Expr receiver, String method, Expr... arguments) {
        // before it is put together with the rest, which takes frames of its own for each level
        String before = receiver.toString();
        String inside = String.join(", ", Lists.map(List.of(arguments), Code::argument));
        return before + "." + method + "(" + inside + ")";
    }

    /// An operand in a place that has overloads for constants.
    static String argument(Expr operand) {
        return operand instanceof ExprNode.Literal(Object value) ? literal(value) : operand.toString();
    }

    static String quotedList(Collection<String> names) {
        return names.stream().map(Code::quote).collect(Collectors.joining(", "));
    }

    /// A number, then names, if there are any.
    static String limited(long limit, Collection<String> names) {
        return literal(limit) + (names.isEmpty() ? "" : ", " + quotedList(names));
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
            case Duration duration -> "Duration.parse(\"" + duration + "\")";
            case BigDecimal decimal -> "new BigDecimal(\"" + decimal + "\")";
            case ZoneId zone -> "ZoneId.of(" + quote(zone.getId()) + ")";
            case DateUnit unit -> "DateUnit." + unit;
            case Character c -> "'" + (c == '\'' ? "\\'" : c == '\\' ? "\\\\" : c.toString()) + "'";
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

    /// A call of a built-in function, whose constant has the name of the method.
    static String call(ScalarFunction function, List<Expr> operands) {
        if (function.isStatic()) {
            // methods of Expressions take expressions, but for the separator of joinTexts
            boolean isFirstConstant = function == TextFunction.JOIN_TEXTS;
            String first = isFirstConstant ? argument(operands.getFirst()) : operands.getFirst().toString();
            List<String> arguments = new ArrayList<>(List.of(first));
            arguments.addAll(Lists.map(operands.subList(1, operands.size()), Expr::toString));
            return camelCase(function) + "(" + String.join(", ", arguments) + ")";
        }
        Expr[] arguments = operands.subList(1, operands.size()).toArray(Expr[]::new);
        return call(operands.getFirst(), function.namespace() + camelCase(function), arguments);
    }

    static String camelCase(ScalarFunction function) {
        if (function == NumberFunction.IS_NAN) {
            return "isNaN";
        }
        if (function == ValueFunction.FILL_NAN) {
            return "fillNaN";
        }
        StringBuilder name = new StringBuilder();
        for (String word : function.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /// Constants of one type as the array of them.
    static String array(List<Expr> constants) {
        String type = constants.isEmpty()
                ? "String"
                : switch (((ExprNode.Literal) constants.getFirst()).value()) {
                    case Long ignored -> "long";
                    case Double ignored -> "double";
                    default -> "String";
                };
        return constants.stream().map(Code::argument).collect(Collectors.joining(", ", "new " + type + "[] {", "}"));
    }
}

package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.nullOf;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.DateFunction;
import io.lazuli.dataframe.internal.expression.NumberFunction;
import io.lazuli.dataframe.internal.expression.ScalarFunction;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.parse.Builder;
import io.lazuli.dataframe.internal.parse.Parser;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.Suggestions;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Builds expressions from query strings.
///
/// Functions have the names of the methods, in any case and with or without underscores, and the value they are called on as their
/// first argument: `startsWith(zone, 'a')` or `starts_with(zone, 'a')`.
final class Queries implements Builder<Expr> {
    private static final Map<String, ScalarFunction> FUNCTIONS = new LinkedHashMap<>();
    private static final Pattern DECIMAL = Pattern.compile("(?i)decimal\\((\\d{1,9}),(\\d{1,9})\\)");

    static {
        // where two have one name, the first counts: round is of numbers, replace of texts
        Stream.<ScalarFunction[]>of(NumberFunction.values(), TextFunction.values(), DateFunction.values(),
                ValueFunction.CALLED.toArray(ScalarFunction[]::new))
                .flatMap(Stream::of)
                .filter(function -> function != TextFunction.COUNT)
                .forEach(function -> FUNCTIONS.putIfAbsent(key(function.name()), function));
    }

    private Queries() {}

    static Expr parse(String text) {
        return Parser.parse(Arguments.given(text, "text"), new Queries());
    }

    private static String key(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public Expr column(String name) {
        return col(name);
    }

    @Override
    public Expr number(String digits) {
        if (digits.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return lit(Double.parseDouble(digits));
        }
        try {
            return lit(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a whole number of at most 64 bits, or a number with a point", e);
        }
    }

    @Override
    public Expr text(String value) {
        return lit(value);
    }

    @Override
    public Expr truth(boolean value) {
        return lit(value);
    }

    @Override
    public Expr missing() {
        return new ExprNode.UntypedNull();
    }

    @Override
    public Expr binary(String operator, Expr left, Expr right) {
        return switch (operator) {
            case "and" -> left.and(right);
            case "or" -> left.or(right);
            case "=" -> new ExprNode.Compare(CompareOperator.EQ, left, right);
            case "!=" -> new ExprNode.Compare(CompareOperator.NE, left, right);
            case "<" -> new ExprNode.Compare(CompareOperator.LT, left, right);
            case "<=" -> new ExprNode.Compare(CompareOperator.LE, left, right);
            case ">" -> new ExprNode.Compare(CompareOperator.GT, left, right);
            case ">=" -> new ExprNode.Compare(CompareOperator.GE, left, right);
            case "+" -> new ExprNode.Arithmetic(ArithmeticOperator.ADD, left, right);
            case "-" -> new ExprNode.Arithmetic(ArithmeticOperator.SUBTRACT, left, right);
            case "*" -> new ExprNode.Arithmetic(ArithmeticOperator.MULTIPLY, left, right);
            case "/" -> new ExprNode.Arithmetic(ArithmeticOperator.DIVIDE, left, right);
            case "%" -> new ExprNode.Arithmetic(ArithmeticOperator.REMAINDER, left, right);
            case "//" -> new ExprNode.Arithmetic(ArithmeticOperator.FLOOR_DIVIDE, left, right);
            case "||" -> left.str().concat(right);
            default -> throw new IllegalArgumentException("no operator: " + operator);
        };
    }

    @Override
    public Expr not(Expr operand) {
        return operand.not();
    }

    @Override
    public Expr negate(Expr operand) {
        return operand.negate();
    }

    @Override
    public Expr isNull(Expr operand) {
        return operand.isNull();
    }

    @Override
    public Expr in(Expr operand, List<Expr> values) {
        return new ExprNode.In(operand, values);
    }

    @Override
    public Expr between(Expr operand, Expr low, Expr high) {
        return operand.between(low, high);
    }

    @Override
    public Expr like(Expr operand, String pattern, String escape) {
        if (escape.length() == 1) {
            return operand.str().like(pattern, escape.charAt(0));
        }
        return escape.isEmpty()
                ? operand.str().like(pattern)
                : ExprNode.Call.of(TextFunction.LIKE, operand, lit(pattern), lit(escape));
    }

    @Override
    public Expr choice(List<Expr> branches, Optional<Expr> otherwise) {
        Expr result = otherwise.orElseGet(ExprNode.UntypedNull::new);
        for (int i = branches.size() - 2; i >= 0; i -= 2) {
            result = new ExprNode.If(branches.get(i), branches.get(i + 1), result);
        }
        return result;
    }

    @Override
    public Expr cast(Expr operand, String type, boolean isTry) {
        DataType target = type(type);
        if (operand instanceof ExprNode.UntypedNull) {
            return nullOf(target);
        }
        if (operand instanceof ExprNode.Literal(String value) && !isTry) {
            if (target == DataType.DATE) {
                return lit(date(value));
            }
            if (target == DataType.TIMESTAMP) {
                return lit(time(value));
            }
        }
        return isTry ? operand.tryCast(target) : operand.cast(target);
    }

    private static LocalDate date(String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a date such as date '2026-07-31'", e);
        }
    }

    private static LocalDateTime time(String value) {
        try {
            return LocalDateTime.parse(value.replace(' ', 'T'));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a time such as timestamp '2026-07-31 09:30:00'", e);
        }
    }

    private static DataType type(String name) {
        Matcher decimal = DECIMAL.matcher(name);
        if (decimal.matches()) {
            return DataType.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        try {
            return DataType.Simple.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            List<String> names = new ArrayList<>(Stream.of(DataType.Simple.values()).map(Enum::name).toList());
            names.add("decimal(p, s)");
            throw new IllegalArgumentException("one of the types " + String.join(", ", names), e);
        }
    }

    @Override
    public Expr call(String function, List<Expr> arguments) {
        ScalarFunction known = FUNCTIONS.get(key(function));
        if (known == null) {
            List<String> names = FUNCTIONS.values().stream().map(Code::camelCase).toList();
            throw new IllegalArgumentException("a function that exists"
                    + Suggestions.closest(function, names).map(name -> "; did you mean " + name + "?").orElse(""));
        }
        if (!known.signature().takes(arguments.size())) {
            throw new IllegalArgumentException(
                    "%s arguments, not %d".formatted(known.signature().argumentCounts(), arguments.size()));
        }
        return new ExprNode.Call(known, arguments);
    }
}

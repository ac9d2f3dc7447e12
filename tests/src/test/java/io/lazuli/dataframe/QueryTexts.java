package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.DateFunction;
import io.lazuli.dataframe.internal.expression.NumberFunction;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes expressions in the language of [DataFrame#filter(String)], so that tests can ask every question in both ways.
public final class QueryTexts {
    /// Functions of times that have the name of one of numbers, which is what the name means in a text.
    private static final Set<DateFunction> HIDDEN = Set.of(DateFunction.FLOOR, DateFunction.CEIL, DateFunction.ROUND);

    private QueryTexts() {}

    /// Thrown inside only.
    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwritable() {
            super(null, null, false, false);
        }
    }

    /// Empty for what has no place in such texts: functions of the user, replaced values, modulo.
    public static Optional<String> of(Expr expression) {
        try {
            return Optional.of(text(expression));
        } catch (Unwritable e) {
            return Optional.empty();
        }
    }

    private static String text(Expr expression) {
        return switch ((ExprNode) expression) {
            case ExprNode.ColumnRef(String name) -> '"' + name.replace("\"", "\"\"") + '"';
            case ExprNode.Literal(Object value) -> constant(value);
            case ExprNode.NullLiteral(DataType type) -> "cast(null as " + type + ")";
            case ExprNode.UntypedNull ignored -> "null";
            case ExprNode.Arithmetic node -> binary(node.left(), operator(node), node.right());
            case ExprNode.Compare node -> binary(node.left(), operator(node.operator()), node.right());
            case ExprNode.In(Expr operand, List<Expr> values) -> "(" + text(operand) + " in (" + list(values) + "))";
            case ExprNode.Junction(var operator, Expr left, Expr right) ->
                binary(left, operator.name().toLowerCase(Locale.ROOT), right);
            case ExprNode.Not(Expr operand) -> operand instanceof ExprNode.IsNull(Expr tested)
                    ? "(" + text(tested) + " is not null)"
                    : "(not " + text(operand) + ")";
            case ExprNode.IsNull(Expr operand) -> "(" + text(operand) + " is null)";
            case ExprNode.Cast(Expr operand, DataType type) -> "cast(" + text(operand) + " as " + type + ")";
            case ExprNode.TryCast(Expr operand, DataType type) -> "try_cast(" + text(operand) + " as " + type + ")";
            case ExprNode.If(Expr condition, Expr then, Expr otherwise) ->
                "case when " + text(condition) + " then " + text(then) + " else " + text(otherwise) + " end";
            case ExprNode.Shorthand shorthand -> text(shorthand.meaning());
            case ExprNode.Call call -> call(call);
            case ExprNode.Replace ignored -> throw new Unwritable();
            case ExprNode.MapValue ignored -> throw new Unwritable();
            case ExprNode.Aggregate ignored -> throw new Unwritable();
            case ExprNode.Ordered ignored -> throw new Unwritable();
            case ExprNode.Alias ignored -> throw new Unwritable();
        };
    }

    private static String binary(Expr left, String operator, Expr right) {
        return "(" + text(left) + " " + operator + " " + text(right) + ")";
    }

    private static String list(List<Expr> values) {
        return values.stream().map(QueryTexts::text).collect(Collectors.joining(", "));
    }

    private static String operator(ExprNode.Arithmetic node) {
        return switch (node.operator()) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case REMAINDER -> "%";
            case FLOOR_DIVIDE -> "//";
            case MODULO -> throw new Unwritable();
        };
    }

    private static String operator(CompareOperator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "<>";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }

    private static String call(ExprNode.Call call) {
        List<Expr> operands = call.operands();
        if (call.function() == TextFunction.CONCAT) {
            return binary(operands.get(0), "||", operands.get(1));
        }
        if (call.function() == ValueFunction.BETWEEN) {
            return "(" + text(operands.get(0)) + " between " + text(operands.get(1)) + " and " + text(operands.get(2))
                    + ")";
        }
        if (call.function() == NumberFunction.NEGATE) {
            return "(- " + text(operands.getFirst()) + ")";
        }
        if (call.function() == TextFunction.LIKE) {
            List<String> parts = new ArrayList<>(operands.stream().map(QueryTexts::text).toList());
            return "(" + parts.get(0) + " like " + parts.get(1) + (parts.size() == 3 ? " escape " + parts.get(2) : "")
                    + ")";
        }
        if (call.function() instanceof DateFunction function && HIDDEN.contains(function)
                || call.function() == TextFunction.COUNT || call.function() == TextFunction.REPLACE) {
            throw new Unwritable();
        }
        return Code.camelCase(call.function()) + "(" + list(operands) + ")";
    }

    private static String constant(Object value) {
        return switch (value) {
            case Long number -> number < 0 ? "(" + number + ")" : number.toString();
            case Double number -> Double.isFinite(number)
                    ? "(" + number + ")"
                    : "cast('" + number + "' as FLOAT64)";
            case Boolean truth -> truth.toString();
            case LocalDate date -> "date '" + date + "'";
            case LocalDateTime time -> "timestamp '" + time + "'";
            case Duration duration -> "cast('" + duration + "' as DURATION)";
            case BigDecimal number -> "cast('%s' as decimal(%d, %d))".formatted(
                    number.toPlainString(), Math.max(number.precision(), number.scale()), number.scale());
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }
}

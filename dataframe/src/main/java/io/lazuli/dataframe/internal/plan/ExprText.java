package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.column.ValueText;
import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.If;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.MapValue;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.util.Locale;
import java.util.stream.Collectors;

/// Bound expressions in the notation of mathematics and SQL, with names again: `fare > 0 and zone is not null`.
final class ExprText {
    private final Schema inputs;

    private ExprText(Schema inputs) {
        this.inputs = inputs;
    }

    static String of(BoundExpr expression, Schema inputs) {
        return new ExprText(inputs).text(expression);
    }

    private String text(BoundExpr expression) {
        return switch (expression) {
            case Input(int index, DataType ignored) -> inputs.field(index).name();
            case Literal literal -> literal.value().map(value -> constant(literal.type(), value)).orElse("null");
            case Arithmetic(var operator, var left, var right, DataType ignored) ->
                "%s %s %s".formatted(part(left), symbol(operator), part(right));
            case Compare(var operator, var left, var right) ->
                "%s %s %s".formatted(part(left), symbol(operator), part(right));
            case And(var left, var right) -> "%s and %s".formatted(conjunct(left), conjunct(right));
            case Or or -> BoundExprs.disjuncts(or).stream().map(this::part).collect(Collectors.joining(" or "));
            case Not(IsNull(var operand)) -> part(operand) + " is not null";
            case Not(var operand) -> "not " + part(operand);
            case IsNull(var operand) -> part(operand) + " is null";
            case Cast(var operand, var type) -> "%s(%s)".formatted(lower(type), text(operand));
            case If(var condition, var then, var otherwise) ->
                "if(%s, %s, %s)".formatted(text(condition), text(then), text(otherwise));
            case Call(var function, var arguments, DataType ignored) -> "%s(%s)"
                    .formatted(lower(function.name()),
                            arguments.stream().map(this::text).collect(Collectors.joining(", ")));
            case MapValue(var function, var operand) -> "%s(%s)".formatted(function.name(), text(operand));
        };
    }

    /// In parentheses where the order of operations needs them.
    private String part(BoundExpr expression) {
        boolean isAtom =
                switch (expression) {
                    case Input ignored -> true;
                    case Literal ignored -> true;
                    case Cast ignored -> true;
                    case If ignored -> true;
                    case Call ignored -> true;
                    case MapValue ignored -> true;
                    case Arithmetic ignored -> false;
                    case Compare ignored -> false;
                    case And ignored -> false;
                    case Or ignored -> false;
                    case Not ignored -> false;
                    case IsNull ignored -> false;
                };
        return isAtom ? text(expression) : "(" + text(expression) + ")";
    }

    private String conjunct(BoundExpr expression) {
        return expression instanceof Or ? part(expression) : text(expression);
    }

    private static String symbol(ArithmeticOperator operator) {
        return switch (operator) {
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case REMAINDER -> "%";
            case FLOOR_DIVIDE -> "//";
            case MODULO -> "mod";
        };
    }

    private static String symbol(CompareOperator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "!=";
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
        };
    }

    private static String lower(Object name) {
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static String constant(DataType type, Object value) {
        return type == DataType.UTF8 ? "'" + value + "'" : ValueText.of(type, value);
    }
}

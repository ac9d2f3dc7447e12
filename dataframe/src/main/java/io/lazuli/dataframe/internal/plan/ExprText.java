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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Bound expressions in the notation of mathematics and SQL, with names again: `fare > 0 and zone is not null`.
///
/// A level of an expression takes two frames of the stack: a thousand levels fit.
final class ExprText {
    private final Schema inputs;
    private final StringBuilder text = new StringBuilder();

    private ExprText(Schema inputs) {
        this.inputs = inputs;
    }

    static String of(BoundExpr expression, Schema inputs) {
        ExprText text = new ExprText(inputs);
        text.write(expression);
        return text.text.toString();
    }

    private void write(BoundExpr expression) {
        switch (expression) {
            case Input(int index, DataType ignored) -> text.append(inputs.field(index).name());
            case Literal(DataType type, Optional<?> value) ->
                text.append(value.isPresent() ? constant(type, value.get()) : "null");
            case Arithmetic(var operator, var left, var right, DataType ignored) ->
                writePair(left, symbol(operator), right);
            case Compare(var operator, var left, var right) -> writePair(left, symbol(operator), right);
            case And(var left, var right) -> {
                writeConjunct(left);
                text.append(" and ");
                writeConjunct(right);
            }
            case Or or -> writeDisjuncts(BoundExprs.disjuncts(or));
            case Not(IsNull(var operand)) -> {
                writePart(operand);
                text.append(" is not null");
            }
            case Not(var operand) -> {
                text.append("not ");
                writePart(operand);
            }
            case IsNull(var operand) -> {
                writePart(operand);
                text.append(" is null");
            }
            case Cast(var operand, var type) -> writeCall(lower(type), List.of(operand));
            case If(var condition, var then, var otherwise) -> writeCall("if", List.of(condition, then, otherwise));
            case Call(var function, var arguments, DataType ignored) -> writeCall(lower(function.name()), arguments);
            case MapValue(var function, var operand) -> writeCall(function.name(), List.of(operand));
        }
    }

    private void writePair(BoundExpr left, String symbol, BoundExpr right) {
        writePart(left);
        text.append(' ').append(symbol).append(' ');
        writePart(right);
    }

    private void writeDisjuncts(List<BoundExpr> disjuncts) {
        for (int i = 0; i < disjuncts.size(); i++) {
            text.append(i == 0 ? "" : " or ");
            writePart(disjuncts.get(i));
        }
    }

    private void writeCall(String name, List<BoundExpr> arguments) {
        text.append(name).append('(');
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            write(arguments.get(i));
        }
        text.append(')');
    }

    /// In parentheses where the order of operations needs them.
    private void writePart(BoundExpr expression) {
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
        text.append(isAtom ? "" : "(");
        write(expression);
        text.append(isAtom ? "" : ")");
    }

    private void writeConjunct(BoundExpr expression) {
        if (expression instanceof Or) {
            writePart(expression);
        } else {
            write(expression);
        }
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

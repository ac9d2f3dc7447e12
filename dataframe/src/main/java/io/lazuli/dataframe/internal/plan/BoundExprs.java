package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.ArithmeticOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.Function;
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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What rules ask about expressions, and how they rewrite them.
public final class BoundExprs {
    private BoundExprs() {}

    /// Errors: IllegalArgumentException if an input is not there or of another type.
    static void check(BoundExpr expression, Schema inputs) {
        nodes(expression).forEach(node -> {
            if (node instanceof Input(int index, DataType type)
                    && (index < 0 || index >= inputs.size() || !inputs.field(index).type().equals(type))) {
                throw new IllegalArgumentException(node + " is not a column of " + inputs);
            }
        });
    }

    static void checkPredicate(BoundExpr predicate, Schema inputs) {
        check(predicate, inputs);
        if (predicate.type() != DataType.BOOL) {
            throw new IllegalArgumentException("predicate is " + predicate.type() + ": " + predicate);
        }
    }

    public static Stream<BoundExpr> nodes(BoundExpr expression) {
        return Stream.concat(Stream.of(expression), expression.children().stream().flatMap(BoundExprs::nodes));
    }

    /// The columns that expressions read.
    public static SortedSet<Integer> inputs(List<BoundExpr> expressions) {
        SortedSet<Integer> inputs = new TreeSet<>();
        expressions.stream().flatMap(BoundExprs::nodes).forEach(node -> {
            if (node instanceof Input(int index, DataType ignored)) {
                inputs.add(index);
            }
        });
        return inputs;
    }

    public static SortedSet<Integer> inputs(BoundExpr expression) {
        return inputs(List.of(expression));
    }

    /// The expression with another one in place of each column.
    public static BoundExpr substitute(BoundExpr expression, List<BoundExpr> columns) {
        return rewriteInputs(expression, input -> columns.get(input.index()));
    }

    /// The expression over columns that moved: column `i` is now at `positions.get(i)`.
    public static BoundExpr moveInputs(BoundExpr expression, List<Integer> positions) {
        return rewriteInputs(expression, input -> new Input(positions.get(input.index()), input.type()));
    }

    private static BoundExpr rewriteInputs(BoundExpr expression, java.util.function.Function<Input, BoundExpr> change) {
        UnaryOperator<BoundExpr> deep = child -> rewriteInputs(child, change);
        return switch (expression) {
            case Input input -> change.apply(input);
            case Literal literal -> literal;
            case Arithmetic(var operator, var left, var right) ->
                new Arithmetic(operator, deep.apply(left), deep.apply(right));
            case Compare(var operator, var left, var right) ->
                new Compare(operator, deep.apply(left), deep.apply(right));
            case And(var left, var right) -> new And(deep.apply(left), deep.apply(right));
            case Or(var left, var right) -> new Or(deep.apply(left), deep.apply(right));
            case Not(var operand) -> new Not(deep.apply(operand));
            case IsNull(var operand) -> new IsNull(deep.apply(operand));
            case Cast(var operand, var type) -> new Cast(deep.apply(operand), type);
            case If(var condition, var then, var otherwise) ->
                new If(deep.apply(condition), deep.apply(then), deep.apply(otherwise));
            case Call(var function, var arguments, var type) ->
                new Call(function, arguments.stream().map(deep).toList(), type);
            case MapValue(var function, var operand) -> new MapValue(function, deep.apply(operand));
        };
    }

    /// The parts of a predicate that must all be true.
    public static List<BoundExpr> conjuncts(BoundExpr predicate) {
        return predicate instanceof And(var left, var right)
                ? Stream.concat(conjuncts(left).stream(), conjuncts(right).stream()).toList()
                : List.of(predicate);
    }

    /// The parts of a predicate of which one must be true.
    public static List<BoundExpr> disjuncts(BoundExpr predicate) {
        return predicate instanceof Or(var left, var right)
                ? Stream.concat(disjuncts(left).stream(), disjuncts(right).stream()).toList()
                : List.of(predicate);
    }

    /// All of at least one predicate, in order.
    public static BoundExpr all(List<BoundExpr> conjuncts) {
        return conjuncts.stream().reduce(And::new).orElseThrow();
    }

    /// A column or a constant: nothing to compute.
    public static boolean isTrivial(BoundExpr expression) {
        return expression instanceof Input || expression instanceof Literal;
    }

    public static boolean callsUser(BoundExpr expression) {
        return nodes(expression).anyMatch(MapValue.class::isInstance);
    }

    /// True if some row could make it fail. Such a predicate must not see rows that an earlier step would have taken away.
    public static boolean mayFail(BoundExpr expression) {
        return nodes(expression).anyMatch(BoundExprs::mayFailItself);
    }

    private static boolean mayFailItself(BoundExpr node) {
        return switch (node) {
            case Arithmetic(var operator, var left, var ignored) ->
                left.type() != DataType.FLOAT64 && operator != ArithmeticOperator.REMAINDER;
            case Call(var function, var ignored, var type) -> function == Function.ABS && type != DataType.FLOAT64;
            case Cast(var operand, var type) -> !isSafe(operand.type(), type);
            case MapValue ignored -> true;
            case Input ignored -> false;
            case Literal ignored -> false;
            case Compare ignored -> false;
            case And ignored -> false;
            case Or ignored -> false;
            case Not ignored -> false;
            case IsNull ignored -> false;
            case If ignored -> false;
        };
    }

    private static boolean isSafe(DataType from, DataType to) {
        return from.equals(to)
                || to == DataType.UTF8
                || from == DataType.BOOL
                || from == DataType.INT && to.isNumeric()
                || from == DataType.LONG && to == DataType.FLOAT64;
    }
}

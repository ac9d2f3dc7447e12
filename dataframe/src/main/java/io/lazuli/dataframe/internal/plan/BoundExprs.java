package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.Lists;
import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.If;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.MapValue;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.Evaluator;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
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

    /// The expression and all that it consists of, what belongs to a node behind it.
    public static Stream<BoundExpr> nodes(BoundExpr expression) {
        List<BoundExpr> nodes = new ArrayList<>();
        addNodes(expression, nodes);
        return nodes.stream();
    }

    private static void addNodes(BoundExpr expression, List<BoundExpr> nodes) {
        nodes.add(expression);
        for (BoundExpr child : expression.children()) {
            addNodes(child, nodes);
        }
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

    private static BoundExpr rewriteInputs(BoundExpr expression, Function<Input, BoundExpr> change) {
        return rewrite(expression, node -> node instanceof Input input ? change.apply(input) : node);
    }

    /// The node with all its expressions rewritten; empty if that changes nothing. Only filters and projections have any.
    public static Optional<LogicalPlan> rewritten(LogicalPlan node, UnaryOperator<BoundExpr> change) {
        LogicalPlan result = node;
        if (node instanceof LogicalPlan.Filter(var input, var predicate)) {
            result = new LogicalPlan.Filter(input, rewrite(predicate, change));
        } else if (node instanceof LogicalPlan.Project(var input, var outputs)) {
            result = new LogicalPlan.Project(input, outputs.stream()
                    .map(o -> new LogicalPlan.Output(o.name(), rewrite(o.expression(), change)))
                    .toList());
        }
        return result.equals(node) ? Optional.empty() : Optional.of(result);
    }

    /// The expression with every node changed, operands before what they belong to.
    private static BoundExpr rewrite(BoundExpr expression, UnaryOperator<BoundExpr> change) {
        return change.apply(withChildren(expression, child -> rewrite(child, change)));
    }

    private static BoundExpr withChildren(BoundExpr expression, UnaryOperator<BoundExpr> deep) {
        return switch (expression) {
            case Input input -> input;
            case Literal literal -> literal;
            case Arithmetic(var operator, var left, var right, var type) ->
                new Arithmetic(operator, deep.apply(left), deep.apply(right), type);
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
                new Call(function, Lists.map(arguments, deep), type);
            case MapValue(var function, var operand) -> new MapValue(function, deep.apply(operand));
        };
    }

    /// The parts of a predicate that must all be true.
    public static List<BoundExpr> conjuncts(BoundExpr predicate) {
        List<BoundExpr> parts = new ArrayList<>();
        addConjuncts(predicate, parts);
        return parts;
    }

    private static void addConjuncts(BoundExpr predicate, List<BoundExpr> parts) {
        if (predicate instanceof And(var left, var right)) {
            addConjuncts(left, parts);
            addConjuncts(right, parts);
        } else {
            parts.add(predicate);
        }
    }

    /// The parts of a predicate of which one must be true.
    public static List<BoundExpr> disjuncts(BoundExpr predicate) {
        List<BoundExpr> parts = new ArrayList<>();
        addDisjuncts(predicate, parts);
        return parts;
    }

    private static void addDisjuncts(BoundExpr predicate, List<BoundExpr> parts) {
        if (predicate instanceof Or(var left, var right)) {
            addDisjuncts(left, parts);
            addDisjuncts(right, parts);
        } else {
            parts.add(predicate);
        }
    }

    /// All of at least one predicate, in order, as a tree whose depth is the logarithm of their number.
    public static BoundExpr all(List<BoundExpr> conjuncts) {
        return joined(conjuncts, And::new);
    }

    /// Any of at least one predicate, as [#all].
    public static BoundExpr any(List<BoundExpr> disjuncts) {
        return joined(disjuncts, Or::new);
    }

    private static BoundExpr joined(List<BoundExpr> parts, BinaryOperator<BoundExpr> junction) {
        int count = parts.size();
        int half = (count + 1) / 2;
        return count < 2
                ? parts.getFirst()
                : junction.apply(joined(parts.subList(0, half), junction),
                        joined(parts.subList(half, count), junction));
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
        return Evaluator.mayFail(expression);
    }
}

package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall.Function;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.RowOrders;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes room for expressions that depend on the order of rows: each becomes a column behind the frame's own ones, from which the
/// expression around it is computed.
///
/// ```
///   withColumns(col("a").plus(1).cumulative().sum().times(2).as("x"))
///
///   project a, $ordered0 * 2 as x
///     ordered sum of $argument1
///       project a, a + 1 as $argument1
/// ```
final class OrderedPlanner extends Resolver {
    private final LogicalPlan input;
    private final Resolver rows;
    /// The distinct calls in the order of their first use.
    private final Map<ExprNode.Ordered, OrderedCall> calls = new LinkedHashMap<>();
    /// The frame's columns, then those that calls need beside them.
    private final List<Output> columns = new ArrayList<>();

    private OrderedPlanner(LogicalPlan input) {
        super(input);
        this.input = input;
        this.rows = new Resolver(input);
        Schema schema = rows.schema();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Output(schema.field(i).name(), rows.column(i)));
        }
    }

    /// A resolver of expressions over [#plan], in which the columns of `input` have kept their places.
    ///
    /// Errors: USER if a call stands in another, or the rows come in no order.
    static OrderedPlanner of(LogicalPlan input, List<Expr> expressions) {
        ExprSize.check(expressions);
        OrderedPlanner planner = new OrderedPlanner(input);
        expressions.forEach(planner::collect);
        return planner;
    }

    LogicalPlan plan() {
        if (calls.isEmpty()) {
            return input;
        }
        LogicalPlan source = columns.size() == input.schema().size() ? input : new Project(input, columns);
        return new Ordered(source, List.copyOf(calls.values()));
    }

    private void collect(Expr expression) {
        if (expression instanceof ExprNode.Ordered ordered) {
            if (!calls.containsKey(ordered)) {
                calls.put(ordered, call(ordered));
            }
            return;
        }
        ((ExprNode) expression).operands().forEach(this::collect);
    }

    private OrderedCall call(ExprNode.Ordered ordered) {
        RowOrders.lostAt(input).ifPresent(node -> {
            throw RowErrors.noOrder(ordered.toString(), PlanText.place(node));
        });
        if (ordered.operand().isEmpty()) {
            return new OrderedCall(ordered.function(), -1, DataType.LONG, 0);
        }
        BoundExpr argument = argument(ordered, ordered.operand().get());
        return new OrderedCall(ordered.function(), column(argument), argument.type(), ordered.distance());
    }

    private BoundExpr argument(ExprNode.Ordered ordered, Expr operand) {
        rejectCalls(ordered, operand);
        BoundExpr bound = rows.resolve(operand);
        if (ordered.function() != Function.SUM && ordered.function() != Function.PRODUCT) {
            return bound;
        }
        if (!bound.type().isNumeric()) {
            throw Errors.wrongType(ordered.toString(), operand.toString(), bound.type(), "a number");
        }
        return bound.type() == DataType.INT ? Coercion.cast(bound, DataType.LONG) : bound;
    }

    private static void rejectCalls(ExprNode.Ordered outer, Expr operand) {
        if (operand instanceof ExprNode.Ordered inner) {
            throw RowErrors.nestedOrdered(outer.toString(), inner.toString());
        }
        ((ExprNode) operand).operands().forEach(part -> rejectCalls(outer, part));
    }

    private int column(BoundExpr argument) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).expression().equals(argument)) {
                return c;
            }
        }
        columns.add(new Output("$argument" + columns.size(), argument));
        return columns.size() - 1;
    }

    @Override
    BoundExpr ordered(ExprNode.Ordered ordered) {
        OrderedCall call = Objects.requireNonNull(calls.get(ordered), "every call is collected first");
        return new BoundExpr.Input(columns.size() + List.copyOf(calls.keySet()).indexOf(ordered), call.type());
    }
}

package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.Lists;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.ExpressionErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.Evaluator;
import io.lazuli.dataframe.internal.expression.MapFunction;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Binds the names of expressions to the columns of one plan, settles types and inserts casts. The only place where a column
/// can be unknown or a type wrong.
class Resolver {
    private final Schema schema;
    private final String where;
    /// Columns that the data has and that cannot be read, with the reason.
    private final Map<String, String> skipped;

    Resolver(LogicalPlan input) {
        this(input.schema(), PlanText.place(input),
                input instanceof LogicalPlan.Scan scan ? scan.source().skippedColumns() : Map.of());
    }

    Resolver(Schema schema, String where, Map<String, String> skipped) {
        this.schema = schema;
        this.where = where;
        this.skipped = skipped;
    }

    Schema schema() {
        return schema;
    }

    /// Errors: USER if there is no such column.
    int index(String name) {
        return schema.find(Arguments.given(name, "column")).orElseThrow(() -> notFound(name));
    }

    LazuliException notFound(String name) {
        return skipped.containsKey(name)
                ? Errors.skippedColumn(name, where, skipped.get(name))
                : Errors.columnNotFound(name, where, schema.names());
    }

    BoundExpr.Input column(int index) {
        return new BoundExpr.Input(index, schema.field(index).type());
    }

    /// Errors: USER if a name or a type is wrong, naming the part of the expression.
    BoundExpr resolve(Expr expression) {
        return switch (Arguments.given(expression, "expression")) {
            case ExprNode.ColumnRef(String name) -> column(index(name));
            case ExprNode.Literal(Object value) -> Literals.of(value);
            case ExprNode.NullLiteral(DataType type) -> new BoundExpr.Literal(type, Optional.empty());
            case ExprNode.UntypedNull ignored -> throw ExpressionErrors.untypedNull();
            case ExprNode.Arithmetic arithmetic -> arithmetic(arithmetic);
            case ExprNode.Compare(CompareOperator operator, Expr left, Expr right) ->
                compare(operator, left, right, expression);
            case ExprNode.In in -> in(in);
            case ExprNode.Junction junction -> junction(junction);
            case ExprNode.Not(Expr operand) -> new BoundExpr.Not(condition(operand));
            case ExprNode.IsNull(Expr operand) -> new BoundExpr.IsNull(resolve(operand));
            case ExprNode.Cast(Expr operand, DataType type) -> cast(resolve(operand), type, expression);
            case ExprNode.If(Expr condition, Expr then, Expr otherwise) -> {
                List<BoundExpr> values = unified(List.of(then, otherwise), expression);
                yield new BoundExpr.If(condition(condition), values.get(0), values.get(1));
            }
            case ExprNode.Replace replace -> replace(replace);
            case ExprNode.TryCast(Expr operand, DataType type) -> tryCast(resolve(operand), type, expression);
            case ExprNode.Shorthand shorthand -> resolve(shorthand.meaning());
            case ExprNode.Call call -> call(call);
            case ExprNode.MapValue(MapFunction function, Expr operand) -> map(function, operand, expression);
            case ExprNode.Aggregate aggregate -> aggregate(aggregate);
            case ExprNode.Ordered ordered -> ordered(ordered);
            case ExprNode.Alias(Expr operand, String ignored) -> resolve(operand);
        };
    }

    /// Aggregates have no place among rows; [GroupPlanner] knows better.
    BoundExpr aggregate(ExprNode.Aggregate aggregate) {
        throw Errors.misplacedAggregate(aggregate.toString(), "filter, select, withColumns, groupBy or sort");
    }

    /// The order of rows has a place only where all rows are; [OrderedPlanner] knows better.
    BoundExpr ordered(ExprNode.Ordered ordered) {
        throw RowErrors.misplacedOrdered(ordered.toString());
    }

    /// A value that must be BOOL.
    BoundExpr condition(Expr expression) {
        BoundExpr bound = resolve(expression);
        if (bound.type() != DataType.BOOL) {
            throw Errors.wrongType("A condition", expression.toString(), bound.type(), "BOOL");
        }
        return bound;
    }

    private BoundExpr junction(ExprNode.Junction junction) {
        List<BoundExpr> terms = Lists.map(junction.operands(), this::condition);
        return switch (junction.operator()) {
            case AND -> BoundExprs.all(terms);
            case OR -> BoundExprs.any(terms);
        };
    }

    /// A column of a result, under the name it has or was given.
    Output output(Expr expression) {
        return new Output(outputName(expression), resolve(expression));
    }

    /// See [Expr] for the rule. Errors: USER if the expression has no name.
    static String outputName(Expr expression) {
        return switch (expression) {
            case ExprNode.Alias(Expr ignored, String name) -> name;
            case ExprNode.ColumnRef(String name) -> name;
            case ExprNode.Cast(Expr operand, DataType ignored) -> outputName(operand);
            case ExprNode.Ordered(var function, Optional<Expr> operand, long ignored) when isFill(function) ->
                outputName(operand.orElseThrow());
            case ExprNode.Aggregate aggregate when aggregate.operands().stream()
                    .allMatch(ExprNode.ColumnRef.class::isInstance) ->
                Stream.concat(aggregate.operands().stream().map(Resolver::outputName), Stream.of(aggregate.method()))
                        .collect(Collectors.joining("_"));
            case ExprNode ignored -> throw Errors.unnamedExpression(expression.toString());
        };
    }

    private static boolean isFill(OrderedCall.Function function) {
        return function == OrderedCall.Function.FILL_FORWARD || function == OrderedCall.Function.FILL_BACKWARD;
    }

    private BoundExpr arithmetic(ExprNode.Arithmetic arithmetic) {
        BoundExpr left = resolve(arithmetic.left());
        BoundExpr right = resolve(arithmetic.right());
        return ArithmeticTypes.bind(arithmetic, left, right,
                () -> unified(arithmetic.operands(), List.of(left, right), arithmetic));
    }

    private BoundExpr compare(CompareOperator operator, Expr left, Expr right, Expr whole) {
        List<BoundExpr> sides = unified(List.of(left, right), whole);
        return new BoundExpr.Compare(operator, sides.get(0), sides.get(1));
    }

    private BoundExpr call(ExprNode.Call call) {
        if (call.function() == ValueFunction.BETWEEN) {
            return between(call);
        }
        boolean areAlike = call.function().signature().areAlike();
        return FunctionTypes.bind(call,
                areAlike ? unified(call.operands(), call) : Lists.map(call.operands(), this::resolve));
    }

    /// Of a column two comparisons, each in its own type, since sources prune by these; anything else is computed once.
    private BoundExpr between(ExprNode.Call call) {
        Optional<BoundExpr> value = known(call.operands().getFirst());
        List<BoundExpr> low = pair(call, value, call.operands().get(1));
        List<BoundExpr> high = pair(call, value, call.operands().get(2));
        boolean areAlike = low.getFirst().equals(high.getFirst());
        BoundExpr operand = areAlike ? low.getFirst() : value.orElse(low.getFirst());
        return BoundExprs.isTrivial(operand)
                ? new BoundExpr.And(
                        new BoundExpr.Compare(CompareOperator.GE, low.getFirst(), low.getLast()),
                        new BoundExpr.Compare(CompareOperator.LE, high.getFirst(), high.getLast()))
                : FunctionTypes.bind(call, List.of(operand, low.getLast(), high.getLast()));
    }

    private BoundExpr in(ExprNode.In in) {
        if (in.values().isEmpty()) {
            resolve(in.operand());
            return new BoundExpr.Literal(DataType.BOOL, Optional.of(false));
        }
        if (in.values().size() > ValueFunction.MOST_COMPARISONS) {
            return Membership.of(unified(in.operands(), in));
        }
        Optional<BoundExpr> value = known(in.operand());
        List<List<BoundExpr>> pairs = in.values().stream().map(constant -> pair(in, value, constant)).toList();
        return Membership.ofFew(value.orElse(pairs.getFirst().getFirst()), pairs);
    }

    /// The first operand of `whole`, which is bound already, and another one in their common type.
    private List<BoundExpr> pair(ExprNode whole, Optional<BoundExpr> first, Expr other) {
        return unifiedKnown(List.of(whole.operands().getFirst(), other), List.of(first, known(other)), whole);
    }

    private BoundExpr replace(ExprNode.Replace replace) {
        List<BoundExpr> values = unified(replace.operands(), replace);
        return values.size() == 1 ? values.getFirst() : Membership.replacement(values);
    }

    private BoundExpr tryCast(BoundExpr operand, DataType type, Expr whole) {
        BoundExpr cast = cast(operand, type, whole);
        return Evaluator.mayFail(cast) && cast instanceof BoundExpr.Cast(BoundExpr inner, DataType target)
                ? new BoundExpr.Call(ValueFunction.TRY_CAST, List.of(tried(inner)), target)
                : cast;
    }

    /// A cast in two steps may fail in either.
    private static BoundExpr tried(BoundExpr inner) {
        return inner instanceof BoundExpr.Cast(BoundExpr operand, DataType type) && Evaluator.mayFail(inner)
                ? new BoundExpr.Call(ValueFunction.TRY_CAST, List.of(operand), type)
                : inner;
    }

    private BoundExpr cast(BoundExpr operand, DataType type, Expr whole) {
        if (!Coercion.canCast(operand.type(), type)) {
            throw Errors.impossibleCast(whole.toString(), operand.type(), type);
        }
        return Coercion.cast(operand, type);
    }

    private BoundExpr map(MapFunction function, Expr operand, Expr whole) {
        BoundExpr bound = resolve(operand);
        boolean fits =
                switch (function.body()) {
                    case MapFunction.OfDouble ignored -> bound.type().isNumeric();
                    case MapFunction.OfLong ignored -> bound.type() == DataType.INT || bound.type() == DataType.LONG;
                    case MapFunction.OfString ignored -> bound.type() == DataType.UTF8;
                };
        if (!fits) {
            throw Errors.wrongType(
                    whole.toString(), operand.toString(), bound.type(),
                    function.resultType().toString().toLowerCase(Locale.ROOT));
        }
        return new BoundExpr.MapValue(function, Coercion.cast(bound, function.resultType()));
    }

    /// The operands in their common type. Errors: USER if they have none.
    private List<BoundExpr> unified(List<Expr> operands, Expr whole) {
        return unifiedKnown(operands, Lists.map(operands, this::known), whole);
    }

    /// The operand, bound; empty for a null that takes the type of what it meets.
    private Optional<BoundExpr> known(Expr operand) {
        return operand instanceof ExprNode.UntypedNull ? Optional.empty() : Optional.of(resolve(operand));
    }

    private static List<BoundExpr> unifiedKnown(List<Expr> operands, List<Optional<BoundExpr>> known, Expr whole) {
        DataType first = known.stream().flatMap(Optional::stream).findFirst().orElseThrow(ExpressionErrors::untypedNull)
                .type();
        BoundExpr none = new BoundExpr.Literal(first, Optional.empty());
        return unified(operands, known.stream().map(bound -> bound.orElse(none)).toList(), whole);
    }

    /// @param bound the operands, bound
    private static List<BoundExpr> unified(List<Expr> operands, List<BoundExpr> bound, Expr whole) {
        boolean amongDecimals = bound.stream().anyMatch(operand -> operand.type() instanceof DataType.Decimal);
        DataType widest = bound.stream()
                .map(operand -> Optional.of(amongDecimals ? exactType(operand) : operand.type()))
                .reduce((a, b) -> a.flatMap(left -> b.flatMap(right -> Coercion.common(left, right))))
                .orElseThrow()
                .orElseThrow(() -> noCommonType(bound, whole));
        DataType type = widest == DataType.LONG && staysInt(operands, bound) ? DataType.INT : widest;
        return bound.stream().map(operand -> Coercion.cast(operand, type)).toList();
    }

    /// A whole-number constant has no more digits than it shows, so that it does not widen a decimal that has room for it.
    private static DataType exactType(BoundExpr operand) {
        boolean isWholeConstant = operand instanceof BoundExpr.Literal && operand.type() == DataType.LONG;
        return isWholeConstant ? Coercion.asDecimal(operand) : operand.type();
    }

    /// A constant as the user wrote it, without a cast, does not widen an INT that can hold it.
    private static boolean staysInt(List<Expr> operands, List<BoundExpr> bound) {
        return bound.stream().anyMatch(operand -> operand.type() == DataType.INT)
                && IntStream.range(0, bound.size())
                        .allMatch(i -> bound.get(i).type() == DataType.INT
                                || operands.get(i) instanceof ExprNode.Literal && Coercion.fitsInt(bound.get(i)));
    }

    private static LazuliException noCommonType(List<BoundExpr> operands, Expr whole) {
        List<DataType> types = operands.stream().map(BoundExpr::type).distinct().toList();
        Optional<DataType> other = types.stream().filter(type -> type != DataType.UTF8).findFirst();
        return types.contains(DataType.UTF8) && other.isPresent()
                ? Errors.textAndOther(whole.toString(), other.get())
                : Errors.incompatibleTypes(whole.toString(), types.getFirst(), types.getLast());
    }
}

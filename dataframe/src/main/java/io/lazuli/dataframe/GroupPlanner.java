package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.AggregateCall;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns keys and expressions with aggregates in them into at most three nodes:
///
/// ```
///   agg(max("a").minus(min(col("b").times(2))).as("range"))
///
///   project   $0 - $1 as range
///   aggregate max(a) as $0, min($1) as $1
///   project   a as $0, b * 2 as $1
/// ```
final class GroupPlanner {
    private final LogicalPlan input;
    private final Resolver rows;
    private final List<Output> keys;
    /// The distinct aggregates in the order of their first use.
    private final Map<ExprNode.Aggregate, Integer> calls = new LinkedHashMap<>();
    /// What each of them aggregates.
    private final List<List<BoundExpr>> arguments = new ArrayList<>();

    private GroupPlanner(LogicalPlan input, List<Expr> keys) {
        this.input = input;
        this.rows = new Resolver(input);
        this.keys = keys.stream().map(rows::output).toList();
    }

    static LogicalPlan plan(LogicalPlan input, List<Expr> keys, List<Expr> outputs) {
        ExprSize.check(keys);
        ExprSize.check(outputs);
        return new GroupPlanner(input, keys).plan(outputs);
    }

    /// The first rows of each group, with the columns of the input.
    static LogicalPlan first(LogicalPlan input, List<Expr> keys, List<SortKey> order, int count) {
        return first(input, keys, order, false, count);
    }

    /// The last rows of each group in row order, with the columns of the input.
    static LogicalPlan last(LogicalPlan input, List<Expr> keys, int count) {
        return first(input, keys, List.of(), true, count);
    }

    private static LogicalPlan first(
            LogicalPlan input, List<Expr> keys, List<SortKey> order, boolean prefersLater, int count) {
        ExprSize.check(keys);
        ExprSize.check(order.stream().map(SortKey::expression).toList());
        Resolver resolver = new Resolver(input);
        Schema schema = resolver.schema();
        List<Output> columns = IntStream.range(0, schema.size())
                .mapToObj(i -> new Output(schema.field(i).name(), resolver.column(i)))
                .toList();
        List<Output> all = new ArrayList<>(columns);
        List<Integer> keyColumns = keys.stream().map(key -> column(all, resolver.resolve(key))).distinct().toList();
        List<SortOrder.Column> sortColumns = new ArrayList<>();
        for (SortKey key : order) {
            int column = column(all, resolver.resolve(key.expression()));
            sortColumns.add(new SortOrder.Column(column, key.descending(), key.areNullsFirst()));
        }
        LogicalPlan source = all.size() == columns.size() ? input : new Project(input, all);
        LogicalPlan first = count == 0
                ? new LogicalPlan.Limit(source, 0)
                : new LogicalPlan.TopRows(source, keyColumns, new SortOrder(sortColumns), count, prefersLater);
        return source == input ? first : new Project(first, columns);
    }

    /// The most frequent value of a column in each group, the least of equally frequent ones:
    ///
    /// ```
    ///   groupBy("k").mode("v")
    ///
    ///   project   k, v_mode
    ///   top 1     by k, $count descending, v_mode
    ///   aggregate by k, v_mode: count(v_mode) as $count
    ///   project   k, v as v_mode
    /// ```
    ///
    /// Null has a count of 0, so that it comes first only where there is nothing else.
    static LogicalPlan mode(LogicalPlan input, List<Expr> keys, String column) {
        Expr value = Expressions.col(column).as(column + "_mode");
        List<Expr> pair = Stream.concat(keys.stream(), Stream.of(value)).toList();
        LogicalPlan counts = plan(input, pair, List.of(Expressions.count(column).as("$count")));
        List<Expr> groups = keys.stream().map(key -> Expressions.col(Resolver.outputName(key))).toList();
        List<SortKey> order = List.of(
                Expressions.col("$count").desc(), Expressions.col(Resolver.outputName(value)).asc());
        LogicalPlan first = first(counts, groups, order, 1);
        return new Project(first, RowPlanner.columns(first.schema()).subList(0, pair.size()));
    }

    /// The rows of which no key is null, under the same code.
    static DataFrame withoutNullKeys(DataFrame rows, List<Expr> keys) {
        ExprSize.check(keys);
        Resolver resolver = new Resolver(rows.plan());
        BoundExpr condition = BoundExprs.all(keys.stream()
                .map(key -> resolver.condition(withoutAlias(key).isNotNull()))
                .toList());
        return rows.with(new LogicalPlan.Filter(rows.plan(), condition), "");
    }

    private LogicalPlan plan(List<Expr> outputs) {
        outputs.forEach(this::collect);
        List<String> names = outputs.stream().map(Resolver::outputName).toList();
        boolean isPlain = outputs.stream().map(GroupPlanner::withoutAlias).toList().equals(List.copyOf(calls.keySet()));
        Aggregate aggregate = aggregate(isPlain ? names : null);
        if (isPlain) {
            return aggregate;
        }
        Resolver groups = new Groups(aggregate);
        List<Output> columns = new ArrayList<>();
        for (int k = 0; k < keys.size(); k++) {
            columns.add(new Output(keys.get(k).name(), groups.column(k)));
        }
        for (int i = 0; i < names.size(); i++) {
            columns.add(new Output(names.get(i), groups.resolve(outputs.get(i))));
        }
        return new Project(aggregate, columns);
    }

    private static Expr withoutAlias(Expr expression) {
        return expression instanceof ExprNode.Alias(Expr operand, String ignored) ? withoutAlias(operand) : expression;
    }

    private void collect(Expr expression) {
        if (expression instanceof ExprNode.Aggregate aggregate) {
            if (calls.putIfAbsent(aggregate, calls.size()) == null) {
                arguments.add(aggregate.operands().stream().map(operand -> argument(aggregate, operand)).toList());
            }
            return;
        }
        ((ExprNode) expression).operands().forEach(this::collect);
    }

    private BoundExpr argument(ExprNode.Aggregate aggregate, Expr operand) {
        findAggregate(operand).ifPresent(inner -> {
            throw Errors.nestedAggregate(aggregate.toString(), inner.toString());
        });
        BoundExpr bound = rows.resolve(operand);
        return switch (aggregate.function()) {
            case COUNT, COUNT_ROWS, MIN, MAX, FIRST, LAST, MIN_BY, MAX_BY, COUNT_DISTINCT, APPROX_COUNT_DISTINCT ->
                bound;
            case SUM -> {
                if (bound.type() == DataType.DURATION) {
                    yield bound;
                }
                BoundExpr number = number(aggregate, operand, bound);
                yield number.type() == DataType.BOOL ? Coercion.cast(number, DataType.INT) : number;
            }
            case MEAN -> {
                BoundExpr number = number(aggregate, operand, bound);
                yield switch (number.type()) {
                    case DataType.Decimal ignored -> Coercion.cast(number, DataType.FLOAT64);
                    case DataType.Simple type -> type == DataType.BOOL ? Coercion.cast(number, DataType.INT) : number;
                };
            }
            case VARIANCE, STDDEV, STANDARD_ERROR, SKEWNESS, KURTOSIS, COVARIANCE, CORRELATION, MEDIAN, QUANTILE,
                    PRODUCT ->
                Coercion.cast(number(aggregate, operand, bound), DataType.FLOAT64);
            case FOLD -> RowPlanner.component(aggregate, operand, bound,
                    aggregate.fold().orElseThrow().inputTypes().get(aggregate.operands().indexOf(operand)));
            case ANY, ALL -> {
                if (bound.type() != DataType.BOOL) {
                    throw Errors.wrongType(aggregate.toString(), operand.toString(), bound.type(), "BOOL");
                }
                yield bound;
            }
        };
    }

    /// A number, or a BOOL, of which true counts as 1.
    private static BoundExpr number(ExprNode.Aggregate aggregate, Expr operand, BoundExpr bound) {
        if (!bound.type().isNumeric() && bound.type() != DataType.BOOL) {
            throw Errors.wrongType(aggregate.toString(), operand.toString(), bound.type(), "a number");
        }
        return bound;
    }

    private static Optional<Expr> findAggregate(Expr expression) {
        if (expression instanceof ExprNode.Aggregate) {
            return Optional.of(expression);
        }
        for (Expr operand : ((ExprNode) expression).operands()) {
            Optional<Expr> found = findAggregate(operand);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// @param names of the calls, or null where they are only intermediate
    private Aggregate aggregate(@Nullable List<String> names) {
        List<Output> columns = new ArrayList<>(keys);
        List<List<Integer>> callColumns = arguments.stream()
                .map(inputs -> inputs.stream().map(input -> column(columns, input)).toList())
                .toList();
        boolean needsProject = columns.stream().anyMatch(column -> !isColumnOf(rows.schema(), column));
        List<Integer> positions = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            positions
                    .add(columns.get(c).expression() instanceof BoundExpr.Input(int index, var ignored) && !needsProject
                            ? index
                            : c);
        }
        List<AggregateCall> bound = new ArrayList<>();
        for (ExprNode.Aggregate call : calls.keySet()) {
            int index = bound.size();
            List<Integer> inputs = callColumns.get(index).stream().map(positions::get).toList();
            String name = names == null ? "$" + index : names.get(index);
            bound.add(new AggregateCall(name, call.function(), inputs, call.parameter(), call.fold()));
        }
        LogicalPlan source = needsProject ? new Project(input, columns) : input;
        return new Aggregate(source, positions.subList(0, keys.size()), bound);
    }

    private static boolean isColumnOf(Schema schema, Output output) {
        return output.expression() instanceof BoundExpr.Input(int index, var ignored)
                && (output.name().startsWith("$") || schema.field(index).name().equals(output.name()));
    }

    /// Where an argument stands among the columns that are computed for the aggregate; added if it is not there.
    private static int column(List<Output> columns, BoundExpr argument) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).expression().equals(argument)) {
                return c;
            }
        }
        columns.add(new Output("$" + columns.size(), argument));
        return columns.size() - 1;
    }

    /// Resolves what is computed from groups: names are keys, aggregates are columns.
    private final class Groups extends Resolver {
        private final Aggregate aggregate;

        Groups(Aggregate aggregate) {
            super(keysOf(aggregate), "groups", Map.of());
            this.aggregate = aggregate;
        }

        private static Schema keysOf(Aggregate aggregate) {
            return new Schema(aggregate.schema().fields().subList(0, aggregate.keys().size()));
        }

        @Override
        int index(String name) {
            return schema().find(name).orElseThrow(() -> rows.schema().find(name).isPresent()
                    ? Errors.notAggregated(name, schema().names())
                    : rows.notFound(name));
        }

        @Override
        BoundExpr aggregate(ExprNode.Aggregate call) {
            int index = keys.size() + Objects.requireNonNull(calls.get(call), "every aggregate is collected first");
            DataType type = aggregate.schema().field(index).type();
            return new BoundExpr.Input(index, type);
        }
    }
}

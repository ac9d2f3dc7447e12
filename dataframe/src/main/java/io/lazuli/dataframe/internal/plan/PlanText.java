package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Given;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapOverlap;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapPartitions;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Unpivot;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Plans for people.
public final class PlanText {
    private PlanText() {}

    /// A tree, the result first, children indented below; every line ends with a line feed.
    public static String tree(LogicalPlan plan) {
        StringBuilder text = new StringBuilder();
        append(text, plan, 1);
        return text.toString();
    }

    /// As [#tree(LogicalPlan)], with more to say of each node, in columns to the right; `header` is above them.
    public static String tree(
            LogicalPlan plan, String title, List<String> header, Function<LogicalPlan, List<String>> cells) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(title, header));
        addRows(rows, plan, 1, cells);
        return AlignedText.of(rows);
    }

    /// As [#tree(LogicalPlan)], with more to say of each node, in columns to the right.
    public static String tree(LogicalPlan plan, Function<LogicalPlan, List<String>> cells) {
        List<List<String>> rows = new ArrayList<>();
        addRows(rows, plan, 1, cells);
        return AlignedText.of(rows);
    }

    private static void addRows(
            List<List<String>> rows, LogicalPlan plan, int depth, Function<LogicalPlan, List<String>> cells) {
        rows.add(row("  ".repeat(depth) + line(plan), cells.apply(plan)));
        plan.children().forEach(child -> addRows(rows, child, depth + 1, cells));
    }

    private static List<String> row(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private static void append(StringBuilder text, LogicalPlan plan, int depth) {
        text.append("  ".repeat(depth)).append(line(plan)).append('\n');
        plan.children().forEach(child -> append(text, child, depth + 1));
    }

    private static String line(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> "scan %s %s".formatted(scan.source().name(), names(scan.schema()))
                    + scan.predicate().map(p -> " where " + ExprText.of(p, scan.schema())).orElse("");
            case Held held -> "%s %s".formatted(held.result().name(), names(held.schema()));
            case Given given -> "%s %s".formatted(given.name(), names(given.schema()));
            case Filter(var input, var predicate) -> "filter " + ExprText.of(predicate, input.schema());
            case Project(var input, var outputs) ->
                outputs.stream().map(o -> output(o, input.schema())).collect(Collectors.joining(", ", "project ", ""));
            case Aggregate aggregate -> aggregate(aggregate);
            case TopRows top -> top(top);
            case Join join -> join(join);
            case Sort(var input, var order) -> "sort by " + order(order, input.schema());
            case Limit(var ignored, long rowCount) -> "limit " + rowCount;
            case Slice(var ignored, long offset, long rowCount) -> "slice of %d rows at %d".formatted(rowCount, offset);
            case Repartition(var ignored, int partitionCount) -> "repartition into " + partitionCount;
            case RandomKeys(var ignored, long seed) -> "random keys of seed " + seed;
            case Ordered(var input, var calls) -> calls.stream()
                    .map(call -> ordered(call, input.schema()))
                    .collect(Collectors.joining(", ", "ordered ", ""));
            case MapRows map -> "%s %s".formatted(map.function().name(), names(map.schema()));
            case MapPartitions map -> "%s %s".formatted(map.function().name(), names(map.schema()));
            case MapOverlap map -> "%s of %d rows before and %d after %s".formatted(
                    map.function().name(), map.before(), map.after(), names(map.schema()));
            case Unpivot unpivot -> "unpivot %d groups into %s".formatted(unpivot.groups().size(), unpivot.names());
            case Concat concat -> "concat " + names(concat.schema());
        };
    }

    private static String ordered(OrderedCall call, Schema inputs) {
        String function = call.function().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String column = call.hasInput() ? " of " + inputs.field(call.input()).name() : "";
        String distance = (call.isLimited() ? " up to " : " by ") + call.distance();
        return function + column + (call.distance() == 0 ? "" : distance);
    }

    private static String names(Schema schema) {
        return schema.names().toString();
    }

    private static String output(Output output, Schema inputs) {
        String expression = ExprText.of(output.expression(), inputs);
        return expression.equals(output.name()) ? expression : expression + " as " + output.name();
    }

    private static String aggregate(Aggregate aggregate) {
        Schema inputs = aggregate.input().schema();
        String keys = names(inputs.select(aggregate.keys()));
        String calls = aggregate.calls().stream().map(call -> call(call, inputs)).collect(Collectors.joining(", "));
        return aggregate.keys().isEmpty()
                ? "aggregate " + calls
                : "aggregate by %s %s".formatted(keys, calls).stripTrailing();
    }

    private static String call(AggregateCall call, Schema inputs) {
        return label(call, inputs) + " as " + call.name();
    }

    /// An aggregate as it would be written: `quantile(fare, 0.9)`.
    public static String label(AggregateCall call, Schema inputs) {
        String arguments = call.inputs().stream().map(i -> inputs.field(i).name()).collect(Collectors.joining(", "));
        return "%s(%s%s)"
                .formatted(call.function().code(), arguments, parameter(call.function(), call.parameter()));
    }

    /// The last argument of an aggregate, with a comma before it; empty where there is none or it is the usual one.
    public static String parameter(Aggregation.Function function, double parameter) {
        return switch (function) {
            case QUANTILE -> ", " + parameter;
            case VARIANCE, STDDEV, STANDARD_ERROR, COVARIANCE -> parameter == 1 ? "" : ", " + (int) parameter;
            case COUNT, COUNT_ROWS, SUM, MEAN, MIN, MAX, SKEWNESS, KURTOSIS, CORRELATION, MEDIAN, FIRST, LAST, MIN_BY,
                    MAX_BY, COUNT_DISTINCT, APPROX_COUNT_DISTINCT, PRODUCT, ANY, ALL, FOLD ->
                "";
        };
    }

    private static String top(TopRows top) {
        Schema inputs = top.input().schema();
        String keys = names(inputs.select(top.keys()));
        return top.order().columns().isEmpty()
                ? "%s %d by %s".formatted(top.prefersLater() ? "last" : "first", top.rowCount(), keys)
                : "top %d by %s, %s".formatted(top.rowCount(), keys, order(top.order(), inputs));
    }

    private static String join(Join join) {
        String keys = IntStream.range(0, join.leftKeys().size())
                .mapToObj(k -> "%s = %s"
                        .formatted(
                                join.left().schema().field(join.leftKeys().get(k)).name(),
                                join.right().schema().field(join.rightKeys().get(k)).name()))
                .collect(Collectors.joining(", "));
        return join.leftKeys().isEmpty()
                ? "cross join " + names(join.schema())
                : "%sjoin on %s %s".formatted(kind(join), keys, names(join.schema()));
    }

    private static String kind(Join join) {
        return switch (join.kind()) {
            case INNER -> "";
            case LEFT -> "left ";
            case RIGHT -> "right ";
            case FULL -> "full ";
            case SEMI -> "semi ";
            case ANTI -> "anti ";
            case RIGHT_SEMI -> "right semi ";
            case RIGHT_ANTI -> "right anti ";
        };
    }

    private static String order(SortOrder order, Schema inputs) {
        return order.columns().stream()
                .map(column -> inputs.field(column.index()).name()
                        + (column.descending() ? " descending" : "")
                        + (column.nullsFirst() ? " nulls first" : ""))
                .collect(Collectors.joining(", "));
    }

    /// What the columns of a plan belong to, for errors: `scan of trades.csv`.
    public static String place(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> "scan of " + scan.source().name();
            case Held held -> held.result().name();
            case Given given -> given.name();
            case Filter(var input, BoundExpr ignored) -> place(input);
            case Sort(var input, var ignored) -> place(input);
            case TopRows top -> place(top.input());
            case Limit(var input, var ignored) -> place(input);
            case Slice slice -> place(slice.input());
            case Repartition repartition -> place(repartition.input());
            case RandomKeys keys -> place(keys.input());
            case Ordered ordered -> place(ordered.input());
            case MapRows map -> "rows made from " + sources(map.input());
            case MapPartitions map -> "rows made from " + sources(map.input());
            case MapOverlap map -> "rows made from " + sources(map.input());
            case Unpivot unpivot -> "columns made from " + sources(unpivot.input());
            case Concat concat -> "concat of " + sources(concat);
            case Project(var input, var ignored) -> "columns made from " + sources(input);
            case Aggregate aggregate -> "groups of " + sources(aggregate.input());
            case Join join -> "join of %s and %s".formatted(sources(join.left()), sources(join.right()));
        };
    }

    /// The names of what a plan reads: `trades.csv`, `trades.csv and quotes.csv`.
    public static String sources(LogicalPlan plan) {
        List<String> names = new ArrayList<>();
        plan.nodes().forEach(node -> {
            if (node instanceof Scan scan) {
                names.add(scan.source().name());
            } else if (node instanceof Held held) {
                names.add(held.result().name());
            } else if (node instanceof Given given) {
                names.add(given.name());
            }
        });
        return names.stream().distinct().collect(Collectors.joining(" and "));
    }
}

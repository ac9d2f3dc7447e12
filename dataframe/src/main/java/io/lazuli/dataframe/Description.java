package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Unpivot;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A frame's columns in numbers: all aggregates in one row, which then becomes one row a column.
///
/// ```
///   unpivot   column, type, count, ...
///     project    "a" as $0, "INT" as $1, ... "b" as $11, ...
///       aggregate  count(), count(a), mean(a), ... count(b), ...
/// ```
final class Description {
    private static final List<String> NAMES = List.of(
            "column", "type", "count", "nulls", "mean", "std", "min", "quartile1", "median", "quartile3", "max");

    private final Schema schema;
    private final List<Expr> aggregates = new ArrayList<>(List.of(Expressions.count().as("$rows")));
    private final List<Output> outputs = new ArrayList<>();

    private Description(Schema schema) {
        this.schema = schema;
    }

    static LogicalPlan plan(LogicalPlan input) {
        return new Description(input.schema()).over(input);
    }

    private LogicalPlan over(LogicalPlan input) {
        schema.fields().forEach(this::addAggregates);
        LogicalPlan row = GroupPlanner.plan(input, List.of(), aggregates);
        List<List<Integer>> groups = new ArrayList<>();
        for (Field field : schema.fields()) {
            int first = outputs.size();
            addOutputs(field, row.schema());
            groups.add(IntStream.range(first, outputs.size()).boxed().toList());
        }
        return new Unpivot(new Project(row, outputs), groups, NAMES);
    }

    private void addAggregates(Field field) {
        Expr column = Expressions.col(field.name());
        add(field, "count", Expressions.count(column));
        add(field, "min", Expressions.min(column));
        add(field, "max", Expressions.max(column));
        if (field.type().isNumeric()) {
            add(field, "mean", Expressions.mean(column));
            add(field, "std", Expressions.std(column));
            add(field, "quartile1", Expressions.quantile(column, 0.25));
            add(field, "median", Expressions.median(column));
            add(field, "quartile3", Expressions.quantile(column, 0.75));
        }
    }

    private void add(Field field, String statistic, Expr aggregate) {
        aggregates.add(aggregate.as(name(field, statistic)));
    }

    private static String name(Field field, String statistic) {
        return "$" + statistic + " " + field.name();
    }

    /// In the order of the names.
    private void addOutputs(Field field, Schema row) {
        BoundExpr count = column(row, name(field, "count"));
        BoundExpr nulls = new BoundExpr.Arithmetic(
                BoundExpr.ArithmeticOperator.SUBTRACT, column(row, "$rows"), count);
        addOutput(text(field.name()));
        addOutput(text(field.type().toString()));
        addOutput(count);
        addOutput(nulls);
        addNumber(field, row, "mean");
        addNumber(field, row, "std");
        addOutput(Coercion.cast(column(row, name(field, "min")), DataType.UTF8));
        addNumber(field, row, "quartile1");
        addNumber(field, row, "median");
        addNumber(field, row, "quartile3");
        addOutput(Coercion.cast(column(row, name(field, "max")), DataType.UTF8));
    }

    private void addNumber(Field field, Schema row, String statistic) {
        addOutput(field.type().isNumeric()
                ? column(row, name(field, statistic))
                : new BoundExpr.Literal(DataType.FLOAT64, Optional.empty()));
    }

    private void addOutput(BoundExpr value) {
        outputs.add(new Output("$" + outputs.size(), value));
    }

    private static BoundExpr text(String value) {
        return new BoundExpr.Literal(DataType.UTF8, Optional.of(value));
    }

    private static BoundExpr column(Schema row, String name) {
        int index = row.find(name).orElseThrow();
        return new BoundExpr.Input(index, row.field(index).type());
    }
}

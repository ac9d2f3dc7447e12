package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.user.PartitionFunction;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapOverlap;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.RowOrders;
import io.lazuli.dataframe.internal.record.RecordType;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Plans of operations that choose, join up or rename rows and columns by simpler nodes.
///
/// ```
///   sample(0.1, 7)       filter $random < ...          sampleRows(n, 7)   sort by $position
///                          random keys                                      sort by $random, limit n
///                                                                             random keys
/// ```
///
/// Errors: USER if a number makes no sense; they name `call`.
final class RowPlanner {
    /// What one plan may ask for; the engine runs a million tasks with ease, but not without end.
    private static final int MOST_PARTITIONS = 1_000_000;

    private RowPlanner() {}

    static LogicalPlan tail(LogicalPlan input, long count, String call) {
        checkCount(count, call);
        return count == 0 ? new Limit(input, 0) : new Slice(input, -count, count);
    }

    static LogicalPlan slice(LogicalPlan input, long offset, long count, String call) {
        if (offset < 0) {
            throw RowErrors.negativeOffset(call);
        }
        checkCount(count, call);
        long end = offset > Long.MAX_VALUE - count ? Long.MAX_VALUE : offset + count;
        LogicalPlan first = new Limit(input, end);
        return offset == 0 ? first : new Slice(first, offset, count);
    }

    private static void checkCount(long count, String call) {
        if (count < 0) {
            throw RowErrors.negativeCount(call);
        }
    }

    static LogicalPlan repartition(LogicalPlan input, int partitionCount, String call) {
        if (partitionCount < 1 || partitionCount > MOST_PARTITIONS) {
            throw RowErrors.noPartitions(call);
        }
        return new Repartition(input, partitionCount);
    }

    /// Errors: USER, also if the rows come in no order.
    static LogicalPlan overlap(
            LogicalPlan input, PartitionFunction function, int before, int after, Schema schema, String call) {
        if (before < 0 || after < 0) {
            throw RowErrors.negativeOverlap(call);
        }
        RowOrders.lostAt(input).ifPresent(node -> {
            throw RowErrors.noOrder(call, PlanText.place(node));
        });
        return new MapOverlap(input, function, before, after, schema);
    }

    static LogicalPlan sample(LogicalPlan input, double share, long seed, String call) {
        if (!(share >= 0 && share <= 1)) {
            throw RowErrors.noShare(call, share);
        }
        return sample(input, 0, share, seed);
    }

    /// Rows whose random number is from `low` to `high`, as shares of all numbers.
    private static LogicalPlan sample(LogicalPlan input, double low, double high, long seed) {
        RandomKeys keyed = new RandomKeys(input, seed);
        BoundExpr random = new BoundExpr.Input(input.schema().size(), DataType.LONG);
        LogicalPlan kept = keyed;
        if (low > 0) {
            kept = new Filter(kept, new BoundExpr.Compare(CompareOperator.GE, random, threshold(low)));
        }
        if (high < 1) {
            kept = new Filter(kept, new BoundExpr.Compare(CompareOperator.LT, random, threshold(high)));
        }
        return withoutKeys(kept, input.schema());
    }

    /// Parts of the rows by chance, as large as the weights are to one another.
    static List<LogicalPlan> randomSplit(LogicalPlan input, long seed, double[] weights, String call) {
        double total = Arrays.stream(weights).sum();
        if (weights.length < 2 || !Arrays.stream(weights).allMatch(weight -> weight >= 0) || !(total > 0)
                || total == Double.POSITIVE_INFINITY) {
            throw RowErrors.noWeights(call, Arrays.toString(weights));
        }
        List<LogicalPlan> parts = new ArrayList<>();
        double low = 0;
        for (int i = 0; i < weights.length; i++) {
            double high = i == weights.length - 1 ? 1 : Math.min(1, low + weights[i] / total);
            parts.add(sample(input, low, high, seed));
            low = high;
        }
        return parts;
    }

    private static BoundExpr threshold(double share) {
        return new BoundExpr.Literal(DataType.LONG, Optional.of((long) (share * 0x1p64 - 0x1p63)));
    }

    static LogicalPlan sampleRows(LogicalPlan input, long count, long seed, String call) {
        checkCount(count, call);
        int width = input.schema().size();
        LogicalPlan first = new Limit(sorted(new RandomKeys(input, seed), width), count);
        return withoutKeys(sorted(first, width + 1), input.schema());
    }

    static LogicalPlan shuffle(LogicalPlan input, long seed) {
        return withoutKeys(sorted(new RandomKeys(input, seed), input.schema().size()), input.schema());
    }

    private static LogicalPlan sorted(LogicalPlan input, int column) {
        return new Sort(input, new SortOrder(List.of(new SortOrder.Column(column, false, false))));
    }

    private static LogicalPlan withoutKeys(LogicalPlan keyed, Schema schema) {
        return new Project(keyed, columns(schema));
    }

    static List<Output> columns(Schema schema) {
        return IntStream.range(0, schema.size())
                .mapToObj(i -> new Output(schema.field(i).name(), new BoundExpr.Input(i, schema.field(i).type())))
                .toList();
    }

    /// The rows of all inputs with the columns of the first, in the types that hold those of all.
    ///
    /// Errors: USER if an input has other columns, or types that do not go together.
    static LogicalPlan concat(List<LogicalPlan> inputs) {
        Schema first = inputs.getFirst().schema();
        for (int i = 1; i < inputs.size(); i++) {
            checkNames(first, inputs.get(i), "frame " + (i + 1));
        }
        List<Field> fields = first.fields().stream().map(field -> common(field, inputs)).toList();
        return new Concat(inputs.stream().map(input -> in(fields, input)).toList());
    }

    private static void checkNames(Schema first, LogicalPlan input, String frame) {
        Schema other = input.schema();
        for (String name : first.names()) {
            if (other.find(name).isEmpty()) {
                throw RowErrors.concatMissing(name, frame, PlanText.place(input), other.names());
            }
        }
        for (String name : other.names()) {
            if (first.find(name).isEmpty()) {
                throw RowErrors.concatExtra(name, frame, PlanText.place(input), first.names());
            }
        }
    }

    private static Field common(Field field, List<LogicalPlan> inputs) {
        DataType type = field.type();
        for (int i = 1; i < inputs.size(); i++) {
            Schema schema = inputs.get(i).schema();
            DataType found = schema.field(schema.find(field.name()).orElseThrow()).type();
            String frame = "frame " + (i + 1);
            String where = PlanText.place(inputs.get(i));
            type = Coercion.common(type, found)
                    .orElseThrow(() -> RowErrors.concatType(field.name(), field.type(), frame, where, found));
        }
        return new Field(field.name(), type);
    }

    private static LogicalPlan in(List<Field> fields, LogicalPlan input) {
        Schema schema = input.schema();
        if (schema.fields().equals(fields)) {
            return input;
        }
        return new Project(input, fields.stream().map(field -> {
            int index = schema.find(field.name()).orElseThrow();
            return new Output(field.name(),
                    Coercion.cast(new BoundExpr.Input(index, schema.field(index).type()), field.type()));
        }).toList());
    }

    /// The columns of a record's components, in their types.
    ///
    /// Errors: USER if a column is missing, or does not fit.
    static LogicalPlan records(LogicalPlan input, RecordType<?> type) {
        Schema schema = input.schema();
        List<Output> outputs = new ArrayList<>();
        for (Field component : type.schema().fields()) {
            String declaration = type.declaration(outputs.size());
            int index = schema.find(component.name())
                    .orElseThrow(() -> RowErrors.missingComponent(type.name(), declaration, component.name(),
                            PlanText.place(input), schema.names()));
            DataType found = schema.field(index).type();
            if (!found.equals(component.type()) && !isWidening(found, component.type())) {
                throw RowErrors.componentType(
                        type.name(), declaration, component.name(), found, takes(component.type()));
            }
            outputs.add(new Output(component.name(),
                    Coercion.cast(new BoundExpr.Input(index, found), component.type())));
        }
        return new Project(input, outputs);
    }

    /// A column as a component of `type`. Errors: USER if it does not fit.
    static BoundExpr component(ExprNode.Aggregate aggregate, Expr column, BoundExpr bound, DataType type) {
        if (!bound.type().equals(type) && !isWidening(bound.type(), type)) {
            throw Errors.wrongType(aggregate.toString(), column.toString(), bound.type(), takes(type));
        }
        return Coercion.cast(bound, type);
    }

    private static boolean isWidening(DataType from, DataType to) {
        return from == DataType.INT && (to == DataType.LONG || to == DataType.FLOAT64);
    }

    private static String takes(DataType type) {
        return isWidening(DataType.INT, type) ? type + " or INT" : type.toString();
    }
}

package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.physical.Pipeline.JoinKind;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What is to be computed, as a tree of tables: the result at the root, sources at the leaves. Columns are indexes and types are
/// settled; every node checks itself when it is made and knows nothing of rules or execution.
public sealed interface LogicalPlan {
    Schema schema();

    List<LogicalPlan> children();

    /// This node over other children, as many as it has.
    LogicalPlan withChildren(List<LogicalPlan> children);

    /// Columns of a source, by index in its schema. `predicate` is over these columns and only a hint: rows that fail it may come
    /// or not.
    record Scan(Source source, List<Integer> columns, Optional<BoundExpr> predicate) implements LogicalPlan {
        public Scan {
            columns = List.copyOf(columns);
            Schema schema = source.schema().select(columns);
            predicate.ifPresent(p -> BoundExprs.checkPredicate(p, schema));
        }

        @Override
        public Schema schema() {
            return source.schema().select(columns);
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of();
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return this;
        }
    }

    /// Columns of a result that an engine keeps.
    record Held(HeldResult result, List<Integer> columns) implements LogicalPlan {
        public Held {
            columns = List.copyOf(columns);
            result.schema().select(columns);
        }

        @Override
        public Schema schema() {
            return result.schema().select(columns);
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of();
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return this;
        }
    }

    /// The rows for which `predicate` is true.
    record Filter(LogicalPlan input, BoundExpr predicate) implements LogicalPlan {
        public Filter {
            BoundExprs.checkPredicate(predicate, input.schema());
        }

        @Override
        public Schema schema() {
            return input.schema();
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return new Filter(children.getFirst(), predicate);
        }
    }

    /// A column and how it is computed.
    record Output(String name, BoundExpr expression) {
        public Output {
            Objects.requireNonNull(name, "name is null");
            Objects.requireNonNull(expression, "expression is null");
        }
    }

    /// One row for each row, with these columns.
    record Project(LogicalPlan input, List<Output> outputs) implements LogicalPlan {
        public Project {
            outputs = List.copyOf(outputs);
            Schema schema = input.schema();
            outputs.forEach(output -> BoundExprs.check(output.expression(), schema));
            schemaOf(outputs);
        }

        @Override
        public Schema schema() {
            return schemaOf(outputs);
        }

        private static Schema schemaOf(List<Output> outputs) {
            return new Schema(outputs.stream().map(o -> new Field(o.name(), o.expression().type())).toList());
        }

        public List<BoundExpr> expressions() {
            return outputs.stream().map(Output::expression).toList();
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return new Project(children.getFirst(), outputs);
        }
    }

    /// An aggregate of one column.
    ///
    /// @param input column of the input, -1 for COUNT_ROWS
    record AggregateCall(String name, Aggregation.Function function, int input) {
        DataType resultType(Schema inputs) {
            return switch (function) {
                case COUNT, COUNT_ROWS -> DataType.LONG;
                case MEAN -> DataType.FLOAT64;
                case SUM -> switch (inputs.field(input).type()) {
                    case DataType.Decimal(int ignored, int scale) ->
                        DataType.decimal(DataType.Decimal.MOST_DIGITS, scale);
                    case DataType.Simple type ->
                        type == DataType.FLOAT64 || type == DataType.DURATION ? type : DataType.LONG;
                };
                case MIN, MAX -> inputs.field(input).type();
            };
        }
    }

    /// One row for each distinct combination of the key columns, or exactly one without keys: the keys, then one column a call.
    record Aggregate(LogicalPlan input, List<Integer> keys, List<AggregateCall> calls) implements LogicalPlan {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
            for (AggregateCall call : calls) {
                if (call.function() != Aggregation.Function.COUNT_ROWS) {
                    Objects.checkIndex(call.input(), input.schema().size());
                }
            }
            schemaOf(input.schema(), keys, calls);
        }

        @Override
        public Schema schema() {
            return schemaOf(input.schema(), keys, calls);
        }

        private static Schema schemaOf(Schema inputs, List<Integer> keys, List<AggregateCall> calls) {
            List<Field> fields = new ArrayList<>();
            keys.forEach(key -> fields.add(inputs.field(key)));
            calls.forEach(call -> fields.add(new Field(call.name(), call.resultType(inputs))));
            return new Schema(fields);
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return new Aggregate(children.getFirst(), keys, calls);
        }
    }

    /// Pairs of rows with equal keys; null never equals. Where `kind` is LEFT, also the left rows without a partner. Output:
    /// `leftColumns`, then `rightColumns` under `rightNames`.
    record Join(
            LogicalPlan left,
            LogicalPlan right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            JoinKind kind,
            List<Integer> leftColumns,
            List<Integer> rightColumns,
            List<String> rightNames) implements LogicalPlan {
        public Join {
            Objects.requireNonNull(kind, "kind is null");
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
            leftColumns = List.copyOf(leftColumns);
            rightColumns = List.copyOf(rightColumns);
            rightNames = List.copyOf(rightNames);
            List<DataType> leftTypes = leftKeys.stream().map(k -> left.schema().field(k).type()).toList();
            List<DataType> rightTypes = rightKeys.stream().map(k -> right.schema().field(k).type()).toList();
            if (leftKeys.isEmpty() || !leftTypes.equals(rightTypes)) {
                throw new IllegalArgumentException("join keys of types " + leftTypes + " and " + rightTypes);
            }
            schemaOf(left.schema().select(leftColumns), right.schema().select(rightColumns), rightNames);
        }

        @Override
        public Schema schema() {
            return schemaOf(left.schema().select(leftColumns), right.schema().select(rightColumns), rightNames);
        }

        private static Schema schemaOf(Schema left, Schema right, List<String> rightNames) {
            List<Field> fields = new ArrayList<>(left.fields());
            for (int i = 0; i < right.size(); i++) {
                fields.add(new Field(rightNames.get(i), right.field(i).type()));
            }
            return new Schema(fields);
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of(left, right);
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return new Join(
                    children.get(0), children.get(1), leftKeys, rightKeys, kind, leftColumns, rightColumns, rightNames);
        }
    }

    /// The same rows in order.
    record Sort(LogicalPlan input, SortOrder order) implements LogicalPlan {
        public Sort {
            order.columns().forEach(column -> Objects.checkIndex(column.index(), input.schema().size()));
        }

        @Override
        public Schema schema() {
            return input.schema();
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return new Sort(children.getFirst(), order);
        }
    }

    /// The first `rowCount` rows.
    record Limit(LogicalPlan input, long rowCount) implements LogicalPlan {
        public Limit {
            Objects.requireNonNull(input, "input is null");
            if (rowCount < 0) {
                throw new IllegalArgumentException("row count must not be negative, found " + rowCount);
            }
        }

        @Override
        public Schema schema() {
            return input.schema();
        }

        @Override
        public List<LogicalPlan> children() {
            return List.of(input);
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return new Limit(children.getFirst(), rowCount);
        }
    }

    /// This node and all below it, parents first.
    default Stream<LogicalPlan> nodes() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(LogicalPlan::nodes));
    }
}

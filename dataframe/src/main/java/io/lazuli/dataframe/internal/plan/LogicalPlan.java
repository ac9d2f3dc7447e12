package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.operator.user.PartitionFunction;
import io.lazuli.dataframe.internal.operator.user.RowFunction;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Upstream;
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

    /// This node and all below it, parents first.
    default Stream<LogicalPlan> nodes() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(LogicalPlan::nodes));
    }

    /// A node over nothing: where rows come from.
    sealed interface Leaf extends LogicalPlan {
        @Override
        default List<LogicalPlan> children() {
            return List.of();
        }

        @Override
        default LogicalPlan withChildren(List<LogicalPlan> children) {
            return this;
        }
    }

    /// A node over one other.
    sealed interface Unary extends LogicalPlan {
        LogicalPlan input();

        LogicalPlan withInput(LogicalPlan input);

        @Override
        default List<LogicalPlan> children() {
            return List.of(input());
        }

        @Override
        default LogicalPlan withChildren(List<LogicalPlan> children) {
            return withInput(children.getFirst());
        }
    }

    /// Some of the rows of its input, or all of them, in the same columns.
    sealed interface Selection extends Unary {
        @Override
        default Schema schema() {
            return input().schema();
        }
    }

    /// Columns of a source, by index in its schema. `predicate` is over these columns and only a hint: rows that fail it may come
    /// or not.
    record Scan(Source source, List<Integer> columns, Optional<BoundExpr> predicate) implements Leaf {
        public Scan {
            columns = List.copyOf(columns);
            Schema schema = source.schema().select(columns);
            predicate.ifPresent(p -> BoundExprs.checkPredicate(p, schema));
        }

        @Override
        public Schema schema() {
            return source.schema().select(columns);
        }
    }

    /// Columns of a result that an engine keeps.
    record Held(HeldResult result, List<Integer> columns) implements Leaf {
        public Held {
            columns = List.copyOf(columns);
            result.schema().select(columns);
        }

        @Override
        public Schema schema() {
            return result.schema().select(columns);
        }
    }

    /// Columns of rows that another collection makes.
    ///
    /// @param rows blocks of the columns of `all`, in their order
    /// @param all  their names and types
    /// @param name what people see in plans
    record Given(Upstream rows, Schema all, List<Integer> columns, String name) implements Leaf {
        public Given {
            columns = List.copyOf(columns);
            all.select(columns);
        }

        @Override
        public Schema schema() {
            return all.select(columns);
        }
    }

    /// The rows for which `predicate` is true.
    record Filter(LogicalPlan input, BoundExpr predicate) implements Selection {
        public Filter {
            BoundExprs.checkPredicate(predicate, input.schema());
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new Filter(other, predicate);
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
    record Project(LogicalPlan input, List<Output> outputs) implements Unary {
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
        public LogicalPlan withInput(LogicalPlan other) {
            return new Project(other, outputs);
        }
    }

    /// One row for each distinct combination of the key columns, or exactly one without keys: the keys, then one column a call.
    record Aggregate(LogicalPlan input, List<Integer> keys, List<AggregateCall> calls) implements Unary {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
            int width = input.schema().size();
            calls.forEach(call -> call.inputs().forEach(column -> Objects.checkIndex(column, width)));
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
        public LogicalPlan withInput(LogicalPlan other) {
            return new Aggregate(other, keys, calls);
        }
    }

    /// The first `rowCount` rows of each distinct combination of the key columns in this order; of equal ones the earlier, or the later
    /// where `prefersLater`. All are equal where `order` has no columns, so that these are the first or the last in row order.
    record TopRows(LogicalPlan input, List<Integer> keys, SortOrder order, int rowCount,
            boolean prefersLater) implements Selection {
        public TopRows {
            keys = List.copyOf(keys);
            int width = input.schema().size();
            keys.forEach(column -> Objects.checkIndex(column, width));
            order.columns().forEach(column -> Objects.checkIndex(column.index(), width));
            if (keys.isEmpty() || rowCount < 1) {
                throw new IllegalArgumentException("top " + rowCount + " by keys " + keys);
            }
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new TopRows(other, keys, order, rowCount, prefersLater);
        }
    }

    /// Rows of two sides with equal keys, as [JoinKind] says; null never equals. An INNER join without keys pairs all rows with all.
    /// Output: `leftColumns`, then `rightColumns` under `rightNames`.
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
            if (!leftTypes.equals(rightTypes) || leftKeys.isEmpty() && kind != JoinKind.INNER) {
                throw new IllegalArgumentException(
                        kind + " join with keys of types " + leftTypes + " and " + rightTypes);
            }
            boolean hasForeign = kind.left() == JoinKind.Alone.NONE ? !leftColumns.isEmpty() : !rightColumns.isEmpty();
            if (!kind.givesPairs() && hasForeign) {
                throw new IllegalArgumentException("a " + kind + " join has columns of one side only");
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

        public Join withKind(JoinKind newKind) {
            return new Join(left, right, leftKeys, rightKeys, newKind, leftColumns, rightColumns, rightNames);
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
    record Sort(LogicalPlan input, SortOrder order) implements Selection {
        public Sort {
            int width = input.schema().size();
            order.columns().forEach(column -> Objects.checkIndex(column.index(), width));
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new Sort(other, order);
        }
    }

    /// The first `rowCount` rows.
    record Limit(LogicalPlan input, long rowCount) implements Selection {
        public Limit {
            Objects.requireNonNull(input, "input is null");
            if (rowCount < 0) {
                throw new IllegalArgumentException("row count must not be negative, found " + rowCount);
            }
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new Limit(other, rowCount);
        }
    }

    /// The `rowCount` rows from row `offset` on; a negative offset counts from the end.
    record Slice(LogicalPlan input, long offset, long rowCount) implements Selection {
        public Slice {
            if (rowCount < 0 || offset < 0 && rowCount > -offset) {
                throw new IllegalArgumentException("no slice of " + rowCount + " rows at " + offset);
            }
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new Slice(other, offset, rowCount);
        }
    }

    /// The same rows in order, in `partitionCount` partitions of equal size.
    record Repartition(LogicalPlan input, int partitionCount) implements Selection {
        public Repartition {
            if (partitionCount < 1) {
                throw new IllegalArgumentException("no repartition into " + partitionCount);
            }
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new Repartition(other, partitionCount);
        }
    }

    /// The input's columns, then a random LONG and the position of each row, which ascends.
    record RandomKeys(LogicalPlan input, long seed) implements Unary {
        private static final List<Field> KEYS =
                List.of(new Field("$random", DataType.LONG), new Field("$position", DataType.LONG));

        @Override
        public Schema schema() {
            return input.schema().with(KEYS);
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new RandomKeys(other, seed);
        }
    }

    /// The input's columns, then one for each call, computed from the order of the rows.
    record Ordered(LogicalPlan input, List<OrderedCall> calls) implements Unary {
        public Ordered {
            calls = List.copyOf(calls);
            for (OrderedCall call : calls) {
                if (call.hasInput() && !input.schema().field(call.input()).type().equals(call.inputType())) {
                    throw new IllegalArgumentException(call + " over " + input.schema());
                }
            }
        }

        @Override
        public Schema schema() {
            List<Field> added = new ArrayList<>();
            calls.forEach(call -> added.add(new Field("$ordered" + added.size(), call.type())));
            return input.schema().with(added);
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new Ordered(other, calls);
        }
    }

    /// What a function of the user's program makes of the rows.
    record MapRows(LogicalPlan input, RowFunction function, Schema schema) implements Unary {
        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new MapRows(other, function, schema);
        }
    }

    /// What a function of the user's program makes of each partition.
    record MapPartitions(LogicalPlan input, PartitionFunction function, Schema schema) implements Unary {
        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new MapPartitions(other, function, schema);
        }
    }

    /// What a function of the user's program makes of each partition and up to `before` and `after` rows around it: one row for each row
    /// of the partition, in order.
    record MapOverlap(LogicalPlan input, PartitionFunction function, int before, int after,
            Schema schema) implements Unary {
        public MapOverlap {
            if (before < 0 || after < 0) {
                throw new IllegalArgumentException("no overlap of " + before + " and " + after + " rows");
            }
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new MapOverlap(other, function, before, after, schema);
        }
    }

    /// For each row one row a group of columns: the group's columns, under `names`. Groups are alike in number and types.
    record Unpivot(LogicalPlan input, List<List<Integer>> groups, List<String> names) implements Unary {
        public Unpivot {
            groups = groups.stream().map(List::copyOf).toList();
            names = List.copyOf(names);
            List<DataType> types = input.schema().select(groups.getFirst()).types();
            for (List<Integer> group : groups) {
                if (!input.schema().select(group).types().equals(types)) {
                    throw new IllegalArgumentException("unpivot of " + types + " and " + input.schema().select(group));
                }
            }
        }

        @Override
        public Schema schema() {
            List<Field> fields = new ArrayList<>();
            groups.getFirst().forEach(
                    column -> fields.add(new Field(names.get(fields.size()), input.schema().field(column).type())));
            return new Schema(fields);
        }

        @Override
        public LogicalPlan withInput(LogicalPlan other) {
            return new Unpivot(other, groups, names);
        }
    }

    /// The rows of the first input, then those of the second, and so on; all have the same columns.
    record Concat(List<LogicalPlan> inputs) implements LogicalPlan {
        public Concat {
            inputs = List.copyOf(inputs);
            Schema schema = inputs.getFirst().schema();
            inputs.forEach(input -> {
                if (!input.schema().equals(schema)) {
                    throw new IllegalArgumentException("concat of " + schema + " and " + input.schema());
                }
            });
        }

        @Override
        public Schema schema() {
            return inputs.getFirst().schema();
        }

        @Override
        public List<LogicalPlan> children() {
            return inputs;
        }

        @Override
        public LogicalPlan withChildren(List<LogicalPlan> children) {
            return new Concat(children);
        }
    }
}

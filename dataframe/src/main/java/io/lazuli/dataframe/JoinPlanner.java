package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.JoinErrors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Turns two frames and the names of their keys into a join whose keys have the same types.
final class JoinPlanner {
    private final Side left;
    private final Side right;

    private JoinPlanner(Side left, Side right) {
        this.left = left;
        this.right = right;
    }

    static LogicalPlan plan(
            LogicalPlan left, LogicalPlan right, List<String> leftKeys, List<String> rightKeys, JoinKind kind,
            String suffix) {
        if (leftKeys.isEmpty() && rightKeys.isEmpty()) {
            throw Errors.nothingGiven("on()", "key column");
        }
        if (leftKeys.size() != rightKeys.size()) {
            throw JoinErrors.keyCounts(leftKeys, rightKeys);
        }
        return new JoinPlanner(new Side(left, leftKeys), new Side(right, rightKeys)).plan(kind, suffix);
    }

    /// All rows of one side with all rows of the other.
    static LogicalPlan cross(LogicalPlan left, LogicalPlan right, String suffix, String fix) {
        JoinPlanner planner = new JoinPlanner(new Side(left, List.of()), new Side(right, List.of()));
        List<Integer> rightColumns = planner.right.allColumns();
        return planner.join(
                JoinKind.INNER, planner.left.allColumns(), rightColumns, planner.rightNames(rightColumns, suffix, fix));
    }

    /// One side: its plan and its keys, which move to columns of their own where they need a cast.
    private static final class Side {
        private final LogicalPlan plan;
        private final Resolver resolver;
        private final List<String> names;
        private final List<Integer> columns;
        private final List<Output> casts = new ArrayList<>();
        private final List<Integer> keys = new ArrayList<>();

        Side(LogicalPlan plan, List<String> names) {
            this.plan = plan;
            this.resolver = new Resolver(plan);
            this.names = names;
            this.columns = names.stream().map(resolver::index).toList();
        }

        DataType type(int key) {
            return plan.schema().field(columns.get(key)).type();
        }

        void addKey(int key, DataType type) {
            BoundExpr.Input column = resolver.column(columns.get(key));
            if (column.type().equals(type)) {
                keys.add(column.index());
            } else {
                keys.add(plan.schema().size() + casts.size());
                casts.add(new Output("$key" + key, Coercion.cast(column, type)));
            }
        }

        LogicalPlan keyed() {
            if (casts.isEmpty()) {
                return plan;
            }
            List<Output> outputs = new ArrayList<>();
            Schema schema = resolver.schema();
            for (int i = 0; i < schema.size(); i++) {
                outputs.add(new Output(schema.field(i).name(), resolver.column(i)));
            }
            outputs.addAll(casts);
            return new Project(plan, outputs);
        }

        List<Integer> allColumns() {
            return IntStream.range(0, plan.schema().size()).boxed().toList();
        }

        /// All but the keys.
        List<Integer> otherColumns() {
            return allColumns().stream().filter(column -> !columns.contains(column)).toList();
        }
    }

    private LogicalPlan plan(JoinKind kind, String suffix) {
        for (int key = 0; key < left.names.size(); key++) {
            DataType type = commonType(key);
            left.addKey(key, type);
            right.addKey(key, type);
        }
        List<Integer> others = right.otherColumns();
        return switch (kind) {
            case INNER, LEFT -> join(kind, left.allColumns(), others, rightNames(others, suffix));
            case SEMI, ANTI -> join(kind, left.allColumns(), List.of(), List.of());
            case RIGHT, FULL -> withKeysOfBoth(kind, others, rightNames(others, suffix));
            case RIGHT_SEMI, RIGHT_ANTI -> throw new IllegalArgumentException(kind + " is for the engine alone");
        };
    }

    /// A join that also gives the right side's keys, and above it a projection that fills the left side's keys from there.
    private LogicalPlan withKeysOfBoth(JoinKind kind, List<Integer> others, List<String> otherNames) {
        checkKeysDiffer(kind);
        List<Integer> leftColumns =
                left.allColumns().stream().map(c -> left.columns.contains(c) ? leftKey(c) : c).toList();
        List<Integer> rightColumns = Stream.concat(others.stream(), right.keys.stream()).toList();
        List<String> rightNames = Stream.concat(otherNames.stream(), hiddenNames(otherNames)).toList();
        Join join = join(kind, leftColumns, rightColumns, rightNames);
        List<Output> outputs = new ArrayList<>();
        int firstKey = leftColumns.size() + others.size();
        for (int column = 0; column < firstKey; column++) {
            int key = left.columns.indexOf(column);
            String name = key < 0 ? join.schema().field(column).name() : left.names.get(key);
            BoundExpr value = input(join, column);
            outputs.add(new Output(name, key < 0 ? value : filled(kind, value, input(join, firstKey + key))));
        }
        return new Project(join, outputs);
    }

    private int leftKey(int column) {
        return left.keys.get(left.columns.indexOf(column));
    }

    private static BoundExpr filled(JoinKind kind, BoundExpr left, BoundExpr right) {
        return kind == JoinKind.RIGHT ? right : new BoundExpr.If(new BoundExpr.IsNull(left), right, left);
    }

    private static BoundExpr input(Join join, int column) {
        return new BoundExpr.Input(column, join.schema().field(column).type());
    }

    private void checkKeysDiffer(JoinKind kind) {
        Set<String> seen = new HashSet<>();
        for (String name : left.names) {
            if (!seen.add(name)) {
                throw JoinErrors.repeatedKey(kind == JoinKind.RIGHT ? "rightJoin" : "fullJoin", name);
            }
        }
    }

    /// Names for the right side's keys that nothing else has.
    private Stream<String> hiddenNames(List<String> otherNames) {
        List<String> taken = Stream.concat(left.plan.schema().names().stream(), otherNames.stream()).toList();
        StringBuilder prefix = new StringBuilder("$right");
        while (taken.stream().anyMatch(name -> name.startsWith(prefix.toString()))) {
            prefix.insert(0, '$');
        }
        return IntStream.range(0, right.keys.size()).mapToObj(key -> prefix.toString() + key);
    }

    private Join join(JoinKind kind, List<Integer> leftColumns, List<Integer> rightColumns, List<String> rightNames) {
        return new Join(
                left.keyed(), right.keyed(), left.keys, right.keys, kind, leftColumns, rightColumns, rightNames);
    }

    private DataType commonType(int key) {
        return Coercion.common(left.type(key), right.type(key))
                .orElseThrow(() -> JoinErrors.keyTypes(
                        left.names.get(key), left.type(key), right.names.get(key), right.type(key)));
    }

    private List<String> rightNames(List<Integer> columns, String suffix) {
        return rightNames(columns, suffix, ".withSuffix(\"_right\")");
    }

    private List<String> rightNames(List<Integer> columns, String suffix, String fix) {
        Set<String> taken = Set.copyOf(left.plan.schema().names());
        List<String> names = right.plan.schema().select(columns).names();
        Set<String> collisions = new TreeSet<>(names);
        collisions.retainAll(taken);
        if (suffix.isEmpty() && !collisions.isEmpty()) {
            throw JoinErrors.collision(
                    collisions, "join of %s and %s"
                            .formatted(PlanText.sources(left.plan), PlanText.sources(right.plan)),
                    fix);
        }
        return names.stream().map(name -> collisions.contains(name) ? name + suffix : name).toList();
    }
}

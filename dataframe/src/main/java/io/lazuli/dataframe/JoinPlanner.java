package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.Pipeline.JoinKind;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

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
            throw Errors.joinKeyCounts(leftKeys, rightKeys);
        }
        return new JoinPlanner(new Side(left, leftKeys), new Side(right, rightKeys)).plan(kind, suffix);
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
            for (int i = 0; i < plan.schema().size(); i++) {
                outputs.add(new Output(plan.schema().field(i).name(), resolver.column(i)));
            }
            outputs.addAll(casts);
            return new Project(plan, outputs);
        }

        List<Integer> allColumns() {
            return IntStream.range(0, plan.schema().size()).boxed().toList();
        }
    }

    private LogicalPlan plan(JoinKind kind, String suffix) {
        for (int key = 0; key < left.names.size(); key++) {
            DataType type = commonType(key);
            left.addKey(key, type);
            right.addKey(key, type);
        }
        List<Integer> rightColumns =
                right.allColumns().stream().filter(column -> !right.columns.contains(column)).toList();
        return new Join(
                left.keyed(),
                right.keyed(),
                left.keys,
                right.keys,
                kind,
                left.allColumns(),
                rightColumns,
                rightNames(rightColumns, suffix));
    }

    private DataType commonType(int key) {
        return Coercion.common(left.type(key), right.type(key))
                .orElseThrow(() -> Errors.joinKeyTypes(
                        left.names.get(key), left.type(key), right.names.get(key), right.type(key)));
    }

    private List<String> rightNames(List<Integer> columns, String suffix) {
        Set<String> taken = Set.copyOf(left.plan.schema().names());
        List<String> names = right.plan.schema().select(columns).names();
        Set<String> collisions = new TreeSet<>(names);
        collisions.retainAll(taken);
        if (suffix.isEmpty() && !collisions.isEmpty()) {
            throw Errors.joinCollision(
                    collisions,
                    "join of %s and %s".formatted(PlanText.sources(left.plan), PlanText.sources(right.plan)));
        }
        return names.stream().map(name -> collisions.contains(name) ? name + suffix : name).toList();
    }
}

package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;

/// Turns sort keys into a sort by columns; computed keys stand beside the columns while the sort needs them.
final class SortPlanner {
    private SortPlanner() {}

    static LogicalPlan plan(LogicalPlan input, List<SortKey> keys) {
        if (keys.isEmpty()) {
            throw Errors.nothingGiven("sort()", "column");
        }
        ExprSize.check(keys.stream().map(SortKey::expression).toList());
        Resolver resolver = new Resolver(input);
        List<Output> columns = new ArrayList<>();
        Schema schema = resolver.schema();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(new Output(schema.field(i).name(), resolver.column(i)));
        }
        List<Output> all = new ArrayList<>(columns);
        List<SortOrder.Column> order = new ArrayList<>();
        for (SortKey key : keys) {
            BoundExpr bound = resolver.resolve(key.expression());
            order.add(new SortOrder.Column(position(bound, all), key.descending(), key.areNullsFirst()));
        }
        return all.size() == columns.size()
                ? new Sort(input, new SortOrder(order))
                : new Project(new Sort(new Project(input, all), new SortOrder(order)), columns);
    }

    private static int position(BoundExpr key, List<Output> columns) {
        if (key instanceof BoundExpr.Input(int index, var ignored)) {
            return index;
        }
        columns.add(new Output("$sort" + columns.size(), key));
        return columns.size() - 1;
    }
}

package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.physical.SortOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// How the rows of a result lie: what a plan that goes on from there need not do again.
///
/// @param hashedBy columns by whose hash, in this order, the rows are in their partitions; empty if that is not known
/// @param sortedBy the order of the rows from the first partition to the last, the most significant first; empty if there is none
public record Layout(List<Integer> hashedBy, List<SortOrder.Column> sortedBy) {
    public static final Layout UNKNOWN = new Layout(List.of(), List.of());

    public Layout {
        hashedBy = List.copyOf(hashedBy);
        sortedBy = List.copyOf(sortedBy);
    }

    /// As much of an order as is left when columns move.
    ///
    /// @param position of a column, -1 where it is gone
    static List<SortOrder.Column> moved(List<SortOrder.Column> order, IntUnaryOperator position) {
        List<SortOrder.Column> moved = new ArrayList<>();
        for (SortOrder.Column column : order) {
            int index = position.applyAsInt(column.index());
            if (index < 0) {
                return moved;
            }
            moved.add(new SortOrder.Column(index, column.descending(), column.nullsFirst()));
        }
        return moved;
    }
}

package io.lazuli.dataframe.internal.operator.sort;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.Lanes;
import java.util.List;

/// Compares two rows, of the same batch or of two. What [SortPrefix] cannot tell apart is decided here.
public final class RowOrder {
    private final List<SortKey> keys;

    public RowOrder(List<SortKey> keys) {
        this.keys = List.copyOf(keys);
    }

    public List<SortKey> keys() {
        return keys;
    }

    /// Negative if row `i` of `left` comes before row `j` of `right`, 0 if neither does.
    public int compare(Batch left, int i, Batch right, int j) {
        for (int k = 0; k < keys.size(); k++) {
            SortKey key = keys.get(k);
            int order = compare(key, left.column(key.column()), i, right.column(key.column()), j);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(SortKey key, Column left, int i, Column right, int j) {
        boolean isNull = left.isNull(i);
        if (isNull || right.isNull(j)) {
            boolean both = isNull && right.isNull(j);
            return both ? 0 : isNull == key.nullsFirst() ? -1 : 1;
        }
        int order = compareValues(left, i, right, j);
        return key.descending() ? -order : order;
    }

    private static int compareValues(Column left, int i, Column right, int j) {
        return switch (left.kind()) {
            case BOOL -> Boolean.compare(left.booleanAt(i), right.booleanAt(j));
            case INT -> Integer.compare(left.intAt(i), right.intAt(j));
            case LONG -> Long.compare(left.longAt(i), right.longAt(j));
            case DOUBLE -> Long.compare(Lanes.ordered(left.doubleAt(i)), Lanes.ordered(right.doubleAt(j)));
            case UTF8 -> Views.compare(
                    left.entries(), left.entry(i), left.data(), right.entries(), right.entry(j), right.data());
        };
    }
}

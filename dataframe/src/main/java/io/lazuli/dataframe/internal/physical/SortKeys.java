package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.operator.sort.RowOrder;
import io.lazuli.dataframe.internal.operator.sort.SortKey;
import java.util.List;
import java.util.stream.IntStream;

/// From the description of an order to what compares rows.
final class SortKeys {
    private SortKeys() {}

    static RowOrder rowOrder(SortOrder order) {
        return new RowOrder(order.columns().stream()
                .map(column -> new SortKey(column.index(), column.descending(), column.nullsFirst()))
                .toList());
    }

    /// The same order over batches that consist of the sort columns alone.
    static RowOrder rowOrderOfSortColumns(SortOrder order) {
        List<SortOrder.Column> columns = order.columns();
        return new RowOrder(IntStream.range(0, columns.size())
                .mapToObj(c -> new SortKey(c, columns.get(c).descending(), columns.get(c).nullsFirst()))
                .toList());
    }
}

package io.lazuli.dataframe.internal.physical;

import java.util.List;

/// Columns to sort by, the most significant first. NaN is above every number; nulls come last unless `nullsFirst`, in both
/// directions.
public record SortOrder(List<Column> columns) {
    public SortOrder {
        columns = List.copyOf(columns);
    }

    public record Column(int index, boolean descending, boolean nullsFirst) {}
}

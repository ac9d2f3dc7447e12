package io.lazuli.dataframe.internal.operator.sort;

/// A column to sort by. NaN is above every number; nulls come last unless `nullsFirst`, in both directions.
public record SortKey(int column, boolean descending, boolean nullsFirst) {}

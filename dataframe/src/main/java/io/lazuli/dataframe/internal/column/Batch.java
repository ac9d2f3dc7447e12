package io.lazuli.dataframe.internal.column;

import java.util.ArrayList;
import java.util.List;

/// Some rows of several columns of equal length: a borrowed view, valid until its producer is asked for the next one.
///
/// Pipelines move batches of at most [#ROWS] rows, few enough to stay in cache; a view of a whole block may have more.
public record Batch(int rowCount, List<Column> columns) {
    /// Rows that flow through a pipeline at once.
    public static final int ROWS = 4096;

    public Batch {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            if (column.length() != rowCount) {
                throw new IllegalArgumentException("column of " + column.length() + " rows in a batch of " + rowCount);
            }
        }
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /// Some columns, in the order of `indexes`.
    public List<Column> columns(List<Integer> indexes) {
        List<Column> picked = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            picked.add(columns.get(index));
        }
        return picked;
    }

    /// The batch with some of its columns, in the order of `indexes`.
    public Batch select(List<Integer> indexes) {
        return new Batch(rowCount, columns(indexes));
    }

    /// The rows from `start`, which are `length` many.
    public Batch slice(int start, int length, Scratch scratch) {
        if (start == 0 && length == rowCount) {
            return this;
        }
        List<Column> slices = new ArrayList<>(columns.size());
        for (Column column : columns) {
            slices.add(column.slice(start, length, scratch));
        }
        return new Batch(length, slices);
    }
}

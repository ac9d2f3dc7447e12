package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Batch;

/// How rows are written as text: a record that hashes by content, because tasks of a graph use it.
public interface RowFormat {
    /// What errors call it.
    String name();

    /// What a file begins with.
    void putHeader(TextBuffer text);

    /// Rows of a batch.
    void putRow(TextBuffer text, Batch batch, int row);
}

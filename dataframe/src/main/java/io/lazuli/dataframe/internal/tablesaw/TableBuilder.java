package io.lazuli.dataframe.internal.tablesaw;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/// Collects batches into one Tablesaw table on the heap, up to a number of bytes.
public final class TableBuilder {
    private final List<TableColumn> columns = new ArrayList<>();
    private final long limit;
    /// Bytes of the batches so far, as they were outside of the heap.
    private long byteSize;

    /// @param limit bytes that the rows may have together
    public TableBuilder(Schema schema, long limit) {
        schema.fields().forEach(field -> columns.add(TableColumn.of(field)));
        this.limit = limit;
    }

    /// Adds all rows. Errors: RESOURCE beyond the limit; DATA if a value cannot be carried.
    public void append(Batch batch) {
        for (int c = 0; c < columns.size(); c++) {
            byteSize += batch.column(c).values().byteSize() + batch.column(c).data().byteSize();
        }
        if (byteSize > limit) {
            throw Errors.tableTooLarge(byteSize, limit);
        }
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).append(batch.column(c));
        }
    }

    public Table build(String name) {
        return Table.create(name, columns.stream().<tech.tablesaw.columns.Column<?>>map(TableColumn::column).toList());
    }
}

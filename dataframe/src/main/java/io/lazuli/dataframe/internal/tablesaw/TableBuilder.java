package io.lazuli.dataframe.internal.tablesaw;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.Table;

/// Collects batches into one Tablesaw table on the heap, up to a number of bytes.
public final class TableBuilder {
    private final List<TableColumn> columns = new ArrayList<>();
    private final long limit;
    private final TooLarge tooLarge;
    /// Bytes of the batches so far, as they were outside of the heap.
    private long byteSize;

    /// What is said of a table with more bytes than the limit.
    @FunctionalInterface
    public interface TooLarge {
        LazuliException error(long byteSize, long limit);
    }

    /// The table of a result.
    public TableBuilder(Schema schema, long limit) {
        this(schema, limit, Errors::tableTooLarge);
    }

    /// Errors: USER if two columns have the same name but for upper and lower case, which such a table does not tell apart.
    ///
    /// @param limit bytes that the rows may have together
    TableBuilder(Schema schema, long limit, TooLarge tooLarge) {
        checkNames(schema);
        schema.fields().forEach(field -> columns.add(TableColumn.of(field)));
        this.limit = limit;
        this.tooLarge = tooLarge;
    }

    private static void checkNames(Schema schema) {
        Map<String, String> seen = new HashMap<>();
        for (String name : schema.names()) {
            String other = seen.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw Errors.sameNameInTable(other, name);
            }
        }
    }

    /// Adds all rows. Errors: RESOURCE beyond the limit; DATA if a value cannot be carried.
    public void append(Batch batch) {
        for (int c = 0; c < columns.size(); c++) {
            byteSize += batch.column(c).values().byteSize() + batch.column(c).data().byteSize();
        }
        if (byteSize > limit) {
            throw tooLarge.error(byteSize, limit);
        }
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).append(batch.column(c));
        }
    }

    public Table build(String name) {
        return Table.create(name, columns.stream().<tech.tablesaw.columns.Column<?>>map(TableColumn::column).toList());
    }
}

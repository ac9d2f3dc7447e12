package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;

/// A block of known size whose rows come in any order, each written straight to its place. Not for columns that have long texts of
/// their own: where the bytes of those belong is not known before all have come.
///
/// ```
///   batch   | a | b | c |    positions | 4 | 0 | 2 |        block | b | . | c | . | a |
/// ```
public final class PlacedRows {
    private final List<PlacedColumn> columns = new ArrayList<>();
    private final int rowCount;

    /// @param parts all batches that will be placed, `rowCount` rows together; read here for what their columns have in common
    public PlacedRows(Reservation memory, List<DataType> types, int rowCount, List<Batch> parts) {
        this.rowCount = rowCount;
        for (int c = 0; c < types.size(); c++) {
            columns.add(PlacedColumn.allocate(memory, types.get(c), rowCount, column(parts, c)));
        }
    }

    /// Whether such batches can be placed row by row.
    public static boolean takes(int columnCount, List<Batch> parts) {
        for (int c = 0; c < columnCount; c++) {
            List<Column> column = column(parts, c);
            if (PlacedColumn.commonDictionary(column) == null
                    && column.stream().anyMatch(part -> part.data() != Column.NO_DATA)) {
                return false;
            }
        }
        return true;
    }

    private static List<Column> column(List<Batch> parts, int index) {
        return parts.stream().map(part -> part.column(index)).toList();
    }

    /// Writes each row of a part to its position.
    public void place(Batch rows, int[] positions) {
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).place(rows.column(c), positions);
        }
    }

    /// All rows as a block divided by `cuts`.
    ///
    /// Ownership: the block belongs to the caller.
    public Block finish(long[] cuts) {
        return ColumnBlocks.create(rowCount, columns.stream().map(PlacedColumn::finish).toList(), cuts);
    }
}

package io.lazuli.dataframe.internal.operator.top;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Views;

/// How much memory rows take.
final class RowBytes {
    private RowBytes() {}

    /// Bytes of a batch as part of a block.
    static long of(Batch batch) {
        return batch.columns().stream().mapToLong(RowBytes::of).sum();
    }

    private static long of(Column column) {
        long bytes = column.kind().byteSize(column.length()) + Bits.byteSize(column.length());
        if (column.kind() != Kind.UTF8 || column.data() == Column.NO_DATA) {
            return bytes;
        }
        for (int row = 0; row < column.length(); row++) {
            int length = Views.length(column.values(), row);
            bytes += length > Views.INLINE && !column.isNull(row) ? length : 0;
        }
        return bytes;
    }
}

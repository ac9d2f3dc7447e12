package io.lazuli.dataframe.internal.operator;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;

/// Walks over rows of a large batch, such as the view of a block, in batches of at most [Batch#ROWS]. All but the first start
/// at whole words of the bitmaps, so that these are not shifted.
public final class BatchCursor {
    private final Batch rows;
    private final int end;
    private int position;

    public BatchCursor(Batch rows, int start, int end) {
        this.rows = rows;
        this.position = start;
        this.end = end;
    }

    public BatchCursor(Batch rows) {
        this(rows, 0, rows.rowCount());
    }

    public boolean hasNext() {
        return position < end;
    }

    /// The row that the next batch starts with.
    public int position() {
        return position;
    }

    /// The next batch; what is not a view of the rows is in `scratch`.
    public Batch next(Scratch scratch) {
        int length = Math.min(Batch.ROWS - (position & 63), end - position);
        Batch batch = rows.slice(position, length, scratch);
        position += length;
        return batch;
    }
}

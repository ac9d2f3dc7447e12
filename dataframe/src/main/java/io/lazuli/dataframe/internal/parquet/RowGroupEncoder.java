package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.TextRecoder;
import io.lazuli.dataframe.internal.parquet.EncodedGroup.EncodedChunk;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;

/// Collects rows and turns each full row group into its final form, column by column. Texts that come as codes stay codes, which
/// tells the chunk's dictionary all it needs to know.
final class RowGroupEncoder implements AutoCloseable {
    private static final long MOST_BYTES = 128L << 20;

    private final List<DataType> types;
    private final ParquetWriteOptions options;
    private final Reservation memory;
    private final Scratch scratch;
    private final TextRecoder recoder;
    private final EncodedBytes bytes;
    private final ChunkEncoder chunks;
    private final List<EncodedGroup> groups = new ArrayList<>();
    /// The rows of the group that is not full yet.
    private BlockBuilder rows;
    /// Rows to make room for with the first of a group; fewer may come.
    private int expectedRows;

    RowGroupEncoder(List<DataType> types, ParquetWriteOptions options, Reservation memory) {
        this.types = types;
        this.options = options;
        this.memory = memory;
        this.scratch = new Scratch(memory);
        this.recoder = new TextRecoder(memory);
        this.bytes = new EncodedBytes(memory);
        this.chunks = new ChunkEncoder(options, memory, bytes);
        this.rows = BlockBuilder.keepingCodes(memory, types, 0);
    }

    void expect(int rowCount) {
        int rowBytes = types.stream().mapToInt(type -> Kind.of(type).width() + 1).sum();
        expectedRows = (int) Math.min(Math.min(rowCount, options.rowGroupRows()), MOST_BYTES / 2 / rowBytes);
    }

    void append(Batch batch) {
        for (int row = 0; row < batch.rowCount();) {
            int open = Math.min(Batch.ROWS, options.rowGroupRows() - rows.rowCount());
            int count = Math.min(batch.rowCount() - row, open);
            scratch.reset();
            if (rows.rowCount() == 0 && expectedRows > 0) {
                // a refusal is no failure: room grows with the rows
                boolean ignored = rows.tryReserve(expectedRows);
            }
            rows.append(recoder.recode(batch.slice(row, count, scratch)));
            row += count;
            if (rows.rowCount() == options.rowGroupRows()
                    || rows.buffers().stream().mapToLong(Buffer::byteSize).sum() > MOST_BYTES) {
                endGroup();
            }
        }
    }

    /// Rows of the group that has not ended.
    int openRows() {
        return rows.rowCount();
    }

    /// Those rows as they are, where they are not worth a group of their own. The encoder must not be used afterwards.
    ///
    /// Ownership: the block belongs to the caller.
    Block finishRows() {
        return rows.finish();
    }

    /// Encodes what has come since the last group, if anything.
    void endGroup() {
        if (rows.rowCount() == 0) {
            return;
        }
        List<EncodedChunk> encoded = new ArrayList<>();
        for (Column column : rows.view().columns()) {
            encoded.add(chunks.encode(column));
        }
        groups.add(new EncodedGroup(rows.rowCount(), encoded));
        rows.free();
        rows = BlockBuilder.keepingCodes(memory, types, 0);
    }

    /// The groups that have ended, one behind the other.
    EncodedBytes bytes() {
        return bytes;
    }

    List<EncodedGroup> groups() {
        return groups;
    }

    @Override
    public void close() {
        rows.free();
        chunks.close();
        bytes.close();
    }
}

package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.graph.error.GraphErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Reads the row groups of a split one after the other; batches do not cross them.
final class ParquetBatchReader implements BatchReader {
    private final ParquetFile file;
    private final List<Integer> columns;
    private final Scratch scratch;
    private final FileChannel channel;
    private final List<ChunkReader> readers = new ArrayList<>();
    private final Iterator<Integer> rowGroups;
    /// Rows of the current row group that were not read yet.
    private long left;

    ParquetBatchReader(ParquetFile file, ParquetSplit split, List<Integer> columns, Scratch scratch) {
        this.file = file;
        this.columns = columns;
        this.scratch = scratch;
        this.rowGroups = split.rowGroups().iterator();
        this.channel = file.file().open();
        for (int column : columns) {
            readers.add(new ChunkReader(file.file().path(), channel, file.columns().get(column), scratch.memory()));
        }
    }

    @Override
    public Optional<Batch> next() {
        while (left == 0) {
            if (!rowGroups.hasNext()) {
                return Optional.empty();
            }
            startRowGroup(rowGroups.next());
        }
        int rowCount = (int) Math.min(left, Batch.ROWS);
        List<Column> batch = new ArrayList<>(readers.size());
        for (ChunkReader reader : readers) {
            batch.add(reader.read(rowCount, scratch));
        }
        left -= rowCount;
        return Optional.of(new Batch(rowCount, batch));
    }

    private void startRowGroup(int index) {
        RowGroup group = file.rowGroups().get(index);
        left = group.rowCount();
        for (int i = 0; i < readers.size(); i++) {
            readers.get(i).start(index, group.chunks().get(columns.get(i)), left);
        }
    }

    @Override
    public void close() {
        readers.forEach(ChunkReader::close);
        readers.clear();
        try {
            channel.close();
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.file().path(), e);
        }
    }
}

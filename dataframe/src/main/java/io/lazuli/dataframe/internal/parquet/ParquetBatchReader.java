package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Reads the row groups of a split one after the other; batches do not cross them. Rows that page indexes rule out are passed
/// over.
final class ParquetBatchReader implements BatchReader {
    private final ParquetFile file;
    private final ScanRequest request;
    private final Scratch scratch;
    private final FileChannel channel;
    private final List<ChunkReader> readers = new ArrayList<>();
    private final Iterator<Integer> rowGroups;
    /// Rows of the current row group that are wanted and were not read yet, and the row at which the readers are.
    private RowRanges wanted = RowRanges.NONE;
    private long position;

    ParquetBatchReader(ParquetFile file, ParquetSplit split, ScanRequest request, Scratch scratch) {
        this.file = file;
        this.request = request;
        this.scratch = scratch;
        this.rowGroups = split.rowGroups().iterator();
        this.channel = file.file().open();
        for (int column : request.columns()) {
            readers.add(new ChunkReader(file.file().path(), channel, file.columns().get(column), scratch.memory()));
        }
    }

    @Override
    public Optional<Batch> next() {
        try {
            return read();
        } catch (LazuliException e) {
            // what looks like damage may be another file by now
            file.file().check();
            throw e;
        }
    }

    private Optional<Batch> read() {
        while (wanted.isEmpty()) {
            if (!rowGroups.hasNext()) {
                file.file().check();
                return Optional.empty();
            }
            startRowGroup(rowGroups.next());
        }
        long skipped = wanted.start() - position;
        int rowCount = (int) Math.min(wanted.firstLength(), Batch.ROWS);
        List<Column> batch = new ArrayList<>(readers.size());
        for (ChunkReader reader : readers) {
            reader.skip(skipped, scratch);
            batch.add(reader.read(rowCount, scratch));
        }
        position += skipped + rowCount;
        wanted = wanted.without(rowCount);
        return Optional.of(new Batch(rowCount, batch));
    }

    private void startRowGroup(int index) {
        RowGroup group = file.rowGroups().get(index);
        wanted = request.predicate().isEmpty()
                ? RowRanges.all(group.rowCount())
                : new PagePruning(file, channel, index, request.columns()).rows(request.predicate().get());
        position = 0;
        for (int i = 0; i < readers.size(); i++) {
            readers.get(i).start(index, group.chunks().get(request.columns().get(i)), group.rowCount());
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

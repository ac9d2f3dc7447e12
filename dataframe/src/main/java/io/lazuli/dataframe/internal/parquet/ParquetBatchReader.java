package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Reads row groups of a file, or pieces of them, one after the other; batches do not cross them. Rows that page indexes rule out
/// are passed over, and so are batches in which [EarlyFilter] finds nothing.
final class ParquetBatchReader implements BatchReader {
    /// Values of a batch, all columns together: of thousands of columns a batch has fewer rows, as nulls take memory only when decoded.
    private static final int MOST_VALUES = 1 << 21;

    private final ParquetFile file;
    private final int batchRows;
    private final ScanRequest request;
    private final Scratch scratch;
    private final FileChannel channel;
    private final ScannedColumns columns;
    private final Optional<EarlyFilter> filter;
    private final Iterator<ParquetSplit.Piece> pieces;
    /// Rows of the current piece that are wanted and were not read yet.
    private RowRanges wanted = RowRanges.NONE;

    /// @param constants columns behind those of the file, each with the same value in all rows
    ParquetBatchReader(
            ParquetFile file, List<ParquetSplit.Piece> pieces, ScanRequest request, List<Literal> constants,
            Scratch scratch) {
        this.file = file;
        this.request = request;
        this.scratch = scratch;
        this.pieces = pieces.iterator();
        this.batchRows = Math.clamp(MOST_VALUES / Math.max(1, request.columns().size()), 1, Batch.ROWS);
        this.channel = file.file().open();
        this.columns = new ScannedColumns(file, channel, request.columns(), constants, scratch);
        this.filter = request.predicate()
                .flatMap(predicate -> EarlyFilter.of(predicate, request.columns().size(), scratch.memory()));
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
        while (true) {
            while (wanted.isEmpty()) {
                if (!pieces.hasNext()) {
                    file.file().check();
                    return Optional.empty();
                }
                start(pieces.next());
            }
            long start = wanted.start();
            int rowCount = (int) Math.min(wanted.firstLength(), batchRows);
            wanted = wanted.without(rowCount);
            Optional<Batch> batch = read(start, rowCount);
            if (batch.isPresent()) {
                return batch;
            }
            scratch.reset();
        }
    }

    /// Empty if there is no row of interest.
    private Optional<Batch> read(long start, int rowCount) {
        List<Optional<Column>> known = Collections.nCopies(columns.count(), Optional.empty());
        if (filter.isPresent() && filter.get().pays()) {
            Optional<List<Optional<Column>>> found = filter.get().read(columns, start, rowCount, scratch);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            known = found.get();
        }
        List<Column> batch = new ArrayList<>(columns.count());
        for (int place = 0; place < columns.count(); place++) {
            batch.add(
                    known.get(place).isPresent()
                            ? known.get(place).get()
                            : columns.read(place, start, rowCount, scratch));
        }
        return Optional.of(new Batch(rowCount, batch));
    }

    private void start(ParquetSplit.Piece piece) {
        int index = piece.rowGroup();
        RowGroup group = file.rowGroups().get(index);
        wanted = new RowRanges(new long[] {piece.start(), piece.end()});
        if (request.predicate().isPresent()) {
            PagePruning pruning = new PagePruning(file, channel, index, request.columns());
            wanted = wanted.and(pruning.rows(request.predicate().get()));
        }
        columns.start(index, group);
        filter.ifPresent(EarlyFilter::startRowGroup);
    }

    @Override
    public void close() {
        columns.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.file().path(), e);
        }
    }
}

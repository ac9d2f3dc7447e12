package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.Evaluator;
import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// The requested columns of the row groups of a file. Each is read on its own: one of which rows were not asked for passes over them
/// when it is asked for later ones.
final class ScannedColumns implements AutoCloseable {
    private final List<Scanned> columns = new ArrayList<>();

    /// One requested column.
    private sealed interface Scanned {
        void start(int index, RowGroup group);

        /// The rows `start` to `start + count` of the row group, which come after those that were read before.
        Column read(long start, int count, Scratch scratch);

        void close();
    }

    /// @param requested indexes of the file's columns, and behind them of `constants`
    ScannedColumns(
            ParquetFile file, FileChannel channel, List<Integer> requested, List<Literal> constants, Scratch scratch) {
        DecodedNumbers numbers = DecodedNumbers.create();
        for (int column : requested) {
            int constant = column - file.columns().size();
            columns.add(
                    constant < 0
                            ? new Stored(column, new ChunkReader(
                                    file.file().path(), channel, file.columns().get(column), scratch.memory(), numbers))
                            : new Repeated(Evaluator.create(constants.get(constant), scratch.memory())));
        }
    }

    void start(int index, RowGroup group) {
        columns.forEach(column -> column.start(index, group));
    }

    /// Some rows of the requested column at `place`.
    Column read(int place, long start, int count, Scratch scratch) {
        return columns.get(place).read(start, count, scratch);
    }

    int count() {
        return columns.size();
    }

    @Override
    public void close() {
        columns.forEach(Scanned::close);
        columns.clear();
    }

    private static final class Stored implements Scanned {
        private final int column;
        private final ChunkReader reader;
        /// The row at which the reader is.
        private long position;

        Stored(int column, ChunkReader reader) {
            this.column = column;
            this.reader = reader;
        }

        @Override
        public void start(int index, RowGroup group) {
            reader.start(index, group.chunks().get(column), group.rowCount());
            position = 0;
        }

        @Override
        public Column read(long start, int count, Scratch scratch) {
            reader.skip(start - position, scratch);
            position = start + count;
            return reader.read(count, scratch);
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /// The same value in all rows.
    private record Repeated(Evaluator value) implements Scanned {
        @Override
        public void start(int index, RowGroup group) {}

        @Override
        public Column read(long start, int count, Scratch scratch) {
            return value.evaluate(new Batch(count, List.of()), scratch);
        }

        @Override
        public void close() {}
    }
}

package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.arrow.ArrowFile.Message;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the record batches of a split one after the other, each in batches of ours. Values that are stored as we store them are
/// used where they were read.
final class ArrowBatchReader implements BatchReader {
    private final ArrowFile file;
    private final List<Message> batches;
    private final int end;
    private final Scratch scratch;
    private final FileChannel channel;
    private final List<LoadedColumn> columns = new ArrayList<>();
    private final Map<Named, VectorDictionary> dictionaries = new HashMap<>();
    /// The next record batch, and of the current one its rows and how many of them were read.
    private int next;
    private int rowCount;
    private int position;

    ArrowBatchReader(ArrowFile file, ArrowSplit split, List<Integer> requested, Scratch scratch) {
        this.file = file;
        this.batches = file.batches();
        this.next = split.firstBatch();
        this.end = split.endBatch();
        this.scratch = scratch;
        this.channel = file.file().open();
        for (int index : requested) {
            ArrowColumn column = file.columns().columns().get(index);
            Optional<VectorDictionary> dictionary = column.dictionary().isPresent()
                    ? Optional.of(dictionaries.computeIfAbsent(
                            new Named(column.dictionary().getAsLong(), column.form()),
                            named -> new VectorDictionary(channel, column, scratch.memory())))
                    : Optional.empty();
            columns.add(new LoadedColumn(column, new VectorReader(channel, column, scratch.memory()), dictionary));
        }
    }

    /// A dictionary that any number of columns may refer to, and what it is taken for.
    private record Named(long id, ArrowForm form) {}

    /// A column of the current record batch.
    private record LoadedColumn(ArrowColumn column, VectorReader vector,
            Optional<VectorDictionary> dictionary) implements AutoCloseable {
        void load(ArrowFile file, Message batch, FlatTable records) throws IOException {
            vector.load(batch, records);
            if (dictionary.isPresent()) {
                dictionary.get().load(file.dictionary(column.dictionary().getAsLong(), batch));
            }
        }

        /// Rows from `start`, which is a multiple of 64.
        Column read(int start, int count, Scratch scratch) {
            ArrowForm form = column.stored();
            Kind kind = Kind.of(form.type());
            MemorySegment values;
            if (form.isOurs()) {
                long from = kind == Kind.BOOL ? start / 8 : (long) start * kind.width();
                values = vector.values().asSlice(from, kind.byteSize(count));
            } else {
                values = scratch.values(kind, count);
                VectorValues.convert(form, vector, start, count, values);
            }
            MemorySegment validity = vector.validity() == Column.NO_NULLS
                    ? Column.NO_NULLS
                    : vector.validity().asSlice(start / 8, Bits.byteSize(count));
            MemorySegment data = kind == Kind.UTF8 ? vector.data() : Column.NO_DATA;
            Column stored = new Column(form.type(), count, validity, values, data);
            return dictionary.isEmpty() ? stored : dictionary.get().gather(stored, scratch);
        }

        @Override
        public void close() {
            vector.close();
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
        while (position == rowCount) {
            if (next == end) {
                file.file().check();
                return Optional.empty();
            }
            load(batches.get(next++));
        }
        int count = Math.min(Batch.ROWS, rowCount - position);
        List<Column> batch = new ArrayList<>(columns.size());
        for (LoadedColumn column : columns) {
            try {
                batch.add(column.read(position, count, scratch));
            } catch (LazuliException e) {
                throw ArrowErrors.placed(file.file().path(), next - 1, column.column.name(), e);
            } catch (RuntimeException e) {
                throw damaged(column, e);
            }
        }
        position += count;
        return Optional.of(new Batch(count, batch));
    }

    private void load(Message message) {
        rowCount = (int) message.rowCount();
        position = 0;
        Optional<FlatTable> records = Optional.empty();
        for (LoadedColumn column : columns) {
            try {
                records = records.isPresent() ? records : Optional.of(metadata(message));
                column.load(file, message, records.get());
            } catch (LazuliException e) {
                throw ArrowErrors.placed(file.file().path(), next - 1, column.column.name(), e);
            } catch (EOFException | RuntimeException e) {
                throw damaged(column, e);
            } catch (IOException e) {
                throw GraphErrors.unreadableFile(file.file().path(), e);
            }
        }
    }

    private FlatTable metadata(Message message) throws IOException {
        FlatTable records = FlatTable.root(ArrowFile.read(channel, message.offset(), message.size())).table(2);
        VectorReader.requireApart(message, records);
        return records;
    }

    private LazuliException damaged(LoadedColumn column, Exception cause) {
        return ArrowErrors.damaged(file.file().path(), next - 1, column.column.name(), cause);
    }

    @Override
    public void close() {
        columns.forEach(LoadedColumn::close);
        columns.clear();
        dictionaries.values().forEach(VectorDictionary::close);
        dictionaries.clear();
        try {
            channel.close();
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.file().path(), e);
        }
    }
}

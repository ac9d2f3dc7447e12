package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.arrow.ArrowFile.Message;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.source.PlainSize;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/// The values that the numbers of a column stand for, decoded once for all record batches that share them.
final class VectorDictionary implements AutoCloseable {
    /// How many times the bytes of a dictionary its texts may have: views may share them.
    private static final long MOST_OVERLAP = 4;

    private final FileChannel channel;
    private final ArrowColumn values;
    private final Reservation memory;
    private final Room room;
    private List<Message> parts = List.of();
    private Optional<BlockBuilder> rows = Optional.empty();

    VectorDictionary(FileChannel channel, ArrowColumn column, Reservation memory) {
        this.channel = channel;
        this.values = column.ofDictionary();
        this.memory = memory;
        this.room = new Room(memory);
    }

    /// Loads the values of these batches, unless they are there already.
    void load(List<Message> wanted) throws IOException {
        if (wanted.equals(parts) && rows.isPresent()) {
            return;
        }
        close();
        parts = wanted;
        BlockBuilder builder = new BlockBuilder(memory, List.of(values.form().type()), 0);
        rows = Optional.of(builder);
        try (VectorReader vector = new VectorReader(channel, values, memory)) {
            for (Message part : wanted) {
                FlatTable records =
                        FlatTable.root(ArrowFile.read(channel, part.offset(), part.size())).table(2).table(1);
                VectorReader.requireApart(part, records);
                vector.load(part, records);
                append(builder, vector, (int) part.rowCount());
            }
        }
    }

    private void append(BlockBuilder builder, VectorReader vector, int rowCount) {
        Kind kind = Kind.of(values.form().type());
        long textBytes = 0;
        for (int start = 0; start < rowCount; start += Batch.ROWS) {
            int count = Math.min(Batch.ROWS, rowCount - start);
            MemorySegment piece = room.atLeast(kind.byteSize(Batch.ROWS));
            VectorValues.convert(values.form(), vector, start, count, piece);
            MemorySegment validity = vector.validity() == Column.NO_NULLS
                    ? Column.NO_NULLS
                    : vector.validity().asSlice(start / 8);
            MemorySegment data = kind == Kind.UTF8 ? vector.data() : Column.NO_DATA;
            Column column = new Column(values.form().type(), count, validity, piece, data);
            textBytes += kind == Kind.UTF8 ? column.longTextBytes() : 0;
            if (textBytes > Math.max(PlainSize.LARGE, MOST_OVERLAP * vector.dataSize())) {
                throw new IllegalStateException(
                        "the texts of a dictionary overlap: they have " + textBytes + " bytes or more");
            }
            builder.append(new Batch(count, List.of(column)));
        }
    }

    /// The values that `codes` stand for, where these are not null.
    Column gather(Column codes, Scratch scratch) {
        Column all = rows.orElseThrow().view().column(0);
        int count = codes.length();
        MemorySegment to = scratch.values(all.kind(), count);
        MemorySegment validity = scratch.bits(count);
        Bits.fill(validity, count, true);
        to.fill((byte) 0);
        for (int row = 0; row < count; row++) {
            if (codes.isNull(row)) {
                Bits.set(validity, row, false);
                continue;
            }
            long code = codes.kind() == Kind.INT ? codes.intAt(row) : codes.longAt(row);
            if (code < 0 || code >= all.length()) {
                throw new IllegalStateException(
                        "the number %d refers to a dictionary of %d values".formatted(code, all.length()));
            }
            Bits.set(validity, row, !all.isNull((int) code));
            copy(all, (int) code, to, row);
        }
        return new Column(all.type(), count, validity, to, all.data());
    }

    private static void copy(Column from, int at, MemorySegment to, int row) {
        switch (from.kind()) {
            case BOOL -> Bits.set(to, row, from.booleanAt(at));
            case INT -> to.set(Layouts.INT, row * 4L, from.intAt(at));
            case LONG, DOUBLE -> to.set(Layouts.LONG, row * 8L, from.longAt(at));
            case UTF8 -> Views.set(to, row, Views.head(from.values(), at), Views.tail(from.values(), at));
        }
    }

    @Override
    public void close() {
        rows.ifPresent(BlockBuilder::free);
        rows = Optional.empty();
        room.close();
    }
}

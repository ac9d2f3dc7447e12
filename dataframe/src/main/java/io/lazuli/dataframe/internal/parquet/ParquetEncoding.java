package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.PartEncoder;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Tasks encode whole row groups; the writer puts them one behind the other and moves the places that the footer names.
///
/// ```
///   block of a task   rows as they are                 where they are few: the writer makes one group of those of many tasks
///                     facts | [row group][row group]   else
/// ```
record ParquetEncoding(ParquetWriteOptions options) implements PartEncoding {
    /// Rows that are worth a row group.
    private static final int LEAST_ROWS = 1 << 14;
    /// No column has this tag, so that the header tells such blocks from rows.
    private static final byte[] ENCODED = {-1};

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public PartEncoder open(List<DataType> types, Reservation memory) {
        return new Encoder(new RowGroupEncoder(types, options, memory), memory);
    }

    /// Whether a block holds row groups, not rows.
    static boolean isEncoded(Block block) {
        return block.header().length == 1 && block.header()[0] == ENCODED[0];
    }

    /// The row groups of a block, in pieces. Ownership: borrowed.
    static List<MemorySegment> bytes(Block block) {
        return block.buffers().stream().skip(1).map(Buffer::segment).toList();
    }

    static List<EncodedGroup> groups(Block block) {
        return EncodedGroup.of(block.buffers().getFirst().segment().toArray(Layouts.BYTE));
    }

    private record Encoder(RowGroupEncoder groups, Reservation memory) implements PartEncoder {
        @Override
        public void expect(int rowCount) {
            groups.expect(rowCount);
        }

        @Override
        public void write(Batch batch) {
            groups.append(batch);
        }

        @Override
        public Block finish() {
            if (groups.groups().isEmpty() && groups.openRows() < LEAST_ROWS) {
                return groups.finishRows();
            }
            groups.endGroup();
            long rowCount = groups.groups().stream().mapToLong(EncodedGroup::rowCount).sum();
            byte[] facts = EncodedGroup.toBytes(groups.groups());
            Buffer factsBuffer = memory.allocate(facts.length);
            MemorySegment.copy(MemorySegment.ofArray(facts), 0, factsBuffer.segment(), 0, facts.length);
            List<Buffer> buffers = new ArrayList<>(List.of(factsBuffer));
            buffers.addAll(groups.bytes().finish());
            return Block.columns(rowCount, ENCODED, buffers);
        }
    }
}

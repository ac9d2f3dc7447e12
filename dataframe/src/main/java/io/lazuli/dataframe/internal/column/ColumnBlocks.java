package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns in blocks. The header has one byte a column: its type, and which of the buffers validity and data are there, and
/// whether it is coded; a decimal's is followed by one each for precision and scale. The buffers follow in the order validity,
/// codes, values, data, where the values of a coded column are those of its dictionary. Names are not in blocks, they are in plans.
///
/// Invariant: buffers of a block's columns are exactly as long as [Kind#byteSize] and [Bits#byteSize] say.
public final class ColumnBlocks {
    private static final int HAS_VALIDITY = 0x80;
    private static final int HAS_DATA = 0x40;
    private static final int IS_CODED = 0x20;
    private static final int TYPE = 0x1F;
    /// The type of a column whose precision and scale follow.
    private static final int DECIMAL = TYPE;
    private static final DataType[] SIMPLE_TYPES = DataType.Simple.values();

    private ColumnBlocks() {}

    /// Buffers of one column on their way into a block; `validity`, `codes` and `data` are null where there are none.
    public record Parts(
            DataType type, @Nullable Buffer validity, @Nullable Buffer codes, Buffer values, @Nullable Buffer data) {}

    /// A block of `columns`.
    ///
    /// Ownership: the block retains the buffers and belongs to the caller.
    public static Block create(long rowCount, List<Parts> columns, long[] cuts) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        List<Buffer> buffers = new ArrayList<>();
        for (Parts parts : columns) {
            int flags = 0;
            if (parts.validity() != null) {
                flags |= HAS_VALIDITY;
                buffers.add(parts.validity());
            }
            if (parts.codes() != null) {
                flags |= IS_CODED;
                buffers.add(parts.codes());
            }
            buffers.add(parts.values());
            if (parts.data() != null) {
                flags |= HAS_DATA;
                buffers.add(parts.data());
            }
            writeType(header, parts.type(), flags);
        }
        return Block.partitioned(rowCount, header.toByteArray(), buffers, cuts);
    }

    /// All rows of a block.
    ///
    /// Ownership: borrowed; valid as long as the block is held.
    public static Batch view(Block block) {
        int rowCount = Math.toIntExact(block.rowCount());
        List<Column> columns = new ArrayList<>();
        Iterator<Buffer> buffers = block.buffers().iterator();
        ByteBuffer header = ByteBuffer.wrap(block.header());
        while (header.hasRemaining()) {
            int tag = header.get();
            MemorySegment validity = (tag & HAS_VALIDITY) != 0 ? buffers.next().segment() : Column.NO_NULLS;
            MemorySegment codes = (tag & IS_CODED) != 0 ? buffers.next().segment() : MemorySegment.NULL;
            MemorySegment values = buffers.next().segment();
            MemorySegment data = (tag & HAS_DATA) != 0 ? buffers.next().segment() : Column.NO_DATA;
            DataType type = readType(header, tag);
            columns.add((tag & IS_CODED) != 0
                    ? Column.codedOnHeap(type, rowCount, validity, codes, dictionary(values, data))
                    : new Column(type, rowCount, validity, values, data));
        }
        return new Batch(rowCount, columns);
    }

    private static TextDictionary dictionary(MemorySegment views, MemorySegment data) {
        return TextDictionary.of(views, data, (int) (views.byteSize() / Views.WIDTH));
    }

    /// The types of a block's columns.
    public static List<DataType> types(Block block) {
        List<DataType> types = new ArrayList<>();
        ByteBuffer header = ByteBuffer.wrap(block.header());
        while (header.hasRemaining()) {
            types.add(readType(header, header.get()));
        }
        return types;
    }

    private static void writeType(ByteArrayOutputStream header, DataType type, int flags) {
        switch (type) {
            case DataType.Simple simple -> header.write(flags | simple.ordinal());
            case DataType.Decimal(int precision, int scale) -> {
                header.write(flags | DECIMAL);
                header.write(precision);
                header.write(scale);
            }
        }
    }

    private static DataType readType(ByteBuffer header, int tag) {
        return (tag & TYPE) == DECIMAL
                ? DataType.decimal(header.get(), header.get())
                : SIMPLE_TYPES[tag & TYPE];
    }
}

package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns in blocks. The header has one byte a column: its type, and which of the buffers validity and data are there, and
/// whether it is coded; a decimal's is followed by one each for precision and scale. The buffers follow in the order validity,
/// codes, values, data, where the values of a coded column are those of its dictionary. Names are not in blocks, they are in plans.
/// A mark may follow, which says what those agree on who write and read the block.
///
/// Invariant: buffers of a block's columns are exactly as long as [Kind#byteSize] and [Bits#byteSize] say.
public final class ColumnBlocks {
    private static final int HAS_VALIDITY = 0x80;
    private static final int HAS_DATA = 0x40;
    private static final int IS_CODED = 0x20;
    private static final int TYPE = 0x1F;
    /// The type of a column whose precision and scale follow.
    private static final int DECIMAL = TYPE;
    /// No column but the mark.
    private static final int MARK = TYPE - 1;
    private static final DataType[] SIMPLE_TYPES = DataType.Simple.values();

    private ColumnBlocks() {}

    /// Buffers of one column on their way into a block; `validity`, `codes` and `data` are null where there are none.
    public record Parts(
            DataType type, @Nullable Buffer validity, @Nullable Buffer codes, Buffer values, @Nullable Buffer data) {}

    /// A coded column, with a copy of the dictionary's entries.
    static Parts coded(
            Reservation memory, DataType type, @Nullable Buffer validity, Buffer codes, TextDictionary dictionary) {
        int size = dictionary.size();
        ColumnBuilder entries = new ColumnBuilder(memory, type, size, false);
        entries.append(new Column(type, size, Column.NO_NULLS, dictionary.views(), dictionary.data()), 0, size);
        Parts parts = entries.finish(size);
        return new Parts(type, validity, codes, parts.values(), parts.data());
    }

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
        return Block.partitioned(rowCount, header.toByteArray(), buffers, cuts, ColumnBlocks::extents);
    }

    /// A block of the rows of `rows`, none of whose columns is coded.
    ///
    /// @param buffers what they live on, from the first byte on: of each column validity, values and data, as far as it has them
    ///
    /// Ownership: the block retains the buffers and belongs to the caller.
    public static Block of(Batch rows, List<Buffer> buffers) {
        Iterator<Buffer> next = buffers.iterator();
        List<Parts> columns = new ArrayList<>();
        for (Column column : rows.columns()) {
            Buffer validity =
                    column.mayHaveNulls() ? next.next().slice(0, Bits.byteSize(rows.rowCount())) : null;
            Buffer values = next.next().slice(0, column.kind().byteSize(rows.rowCount()));
            Buffer data = column.data() == Column.NO_DATA ? null : next.next().slice(0, column.longTextBytes());
            columns.add(new Parts(column.type(), validity, null, values, data));
        }
        return create(rows.rowCount(), columns, new long[0]);
    }

    /// The block with a mark.
    ///
    /// Ownership: takes over `block`; the result belongs to the caller.
    public static Block marked(Block block) {
        byte[] header = Arrays.copyOf(block.header(), block.header().length + 1);
        header[header.length - 1] = MARK;
        Block marked =
                Block.partitioned(block.rowCount(), header, block.buffers(), block.cuts(), ColumnBlocks::extents);
        block.release();
        return marked;
    }

    public static boolean isMarked(Block block) {
        byte[] header = block.header();
        return header.length > 0 && header[header.length - 1] == MARK;
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
            if (tag == MARK) {
                break;
            }
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

    /// The buffers of each column, for another block that shares some.
    ///
    /// Ownership: borrowed; valid as long as the block is held.
    public static List<Parts> parts(Block block) {
        List<Parts> columns = new ArrayList<>();
        Iterator<Buffer> buffers = block.buffers().iterator();
        ByteBuffer header = ByteBuffer.wrap(block.header());
        while (header.hasRemaining()) {
            int tag = header.get();
            if (tag == MARK) {
                break;
            }
            Buffer validity = (tag & HAS_VALIDITY) != 0 ? buffers.next() : null;
            Buffer codes = (tag & IS_CODED) != 0 ? buffers.next() : null;
            Buffer values = buffers.next();
            Buffer data = (tag & HAS_DATA) != 0 ? buffers.next() : null;
            columns.add(new Parts(readType(header, tag), validity, codes, values, data));
        }
        return columns;
    }

    private static TextDictionary dictionary(MemorySegment views, MemorySegment data) {
        return TextDictionary.of(views, data, (int) (views.byteSize() / Views.WIDTH));
    }

    private static List<long[]> extents(Block block) {
        SliceExtents slices = new SliceExtents(block);
        List<long[]> extents = new ArrayList<>();
        Iterator<Buffer> buffers = block.buffers().iterator();
        ByteBuffer header = ByteBuffer.wrap(block.header());
        while (header.hasRemaining()) {
            int tag = header.get();
            if (tag == MARK) {
                break;
            }
            Kind kind = Kind.of(readType(header, tag));
            MemorySegment validity = Column.NO_NULLS;
            if ((tag & HAS_VALIDITY) != 0) {
                validity = buffers.next().segment();
                extents.add(slices.ofValues(Kind.BOOL));
            }
            boolean isCoded = (tag & IS_CODED) != 0;
            if (isCoded) {
                buffers.next();
                extents.add(slices.ofValues(Kind.INT));
            }
            MemorySegment values = buffers.next().segment();
            extents.add(isCoded ? SliceExtents.WHOLE : slices.ofValues(kind));
            if ((tag & HAS_DATA) != 0) {
                long size = buffers.next().byteSize();
                extents.add(isCoded ? SliceExtents.WHOLE : slices.ofTexts(values, validity, size));
            }
        }
        return extents;
    }

    /// The types of a block's columns.
    public static List<DataType> types(Block block) {
        List<DataType> types = new ArrayList<>();
        ByteBuffer header = ByteBuffer.wrap(block.header());
        while (header.hasRemaining()) {
            int tag = header.get();
            if (tag != MARK) {
                types.add(readType(header, tag));
            }
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

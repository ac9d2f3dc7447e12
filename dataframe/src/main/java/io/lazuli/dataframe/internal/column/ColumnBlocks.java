package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns in blocks. The header has one byte a column: its type, and which of the buffers validity and data are there, and
/// whether it is coded; the buffers follow in the order validity, codes, values, data, where the values of a coded column
/// are those of its dictionary. Names are not in blocks, they are in plans.
///
/// Invariant: buffers of a block's columns are exactly as long as [Kind#byteSize] and [Bits#byteSize] say.
public final class ColumnBlocks {
    private static final int HAS_VALIDITY = 0x80;
    private static final int HAS_DATA = 0x40;
    private static final int IS_CODED = 0x20;
    private static final int TYPE = 0x1F;

    private ColumnBlocks() {}

    /// Buffers of one column on their way into a block; `validity`, `codes` and `data` are null where there are none.
    public record Parts(
            DataType type, @Nullable Buffer validity, @Nullable Buffer codes, Buffer values, @Nullable Buffer data) {}

    /// A block of `columns`.
    ///
    /// Ownership: the block retains the buffers and belongs to the caller.
    public static Block create(long rowCount, List<Parts> columns, long[] cuts) {
        byte[] header = new byte[columns.size()];
        List<Buffer> buffers = new ArrayList<>();
        for (int c = 0; c < header.length; c++) {
            Parts parts = columns.get(c);
            int tag = ((DataType.Simple) parts.type()).ordinal();
            if (parts.validity() != null) {
                tag |= HAS_VALIDITY;
                buffers.add(parts.validity());
            }
            if (parts.codes() != null) {
                tag |= IS_CODED;
                buffers.add(parts.codes());
            }
            buffers.add(parts.values());
            if (parts.data() != null) {
                tag |= HAS_DATA;
                buffers.add(parts.data());
            }
            header[c] = (byte) tag;
        }
        return Block.partitioned(rowCount, header, buffers, cuts);
    }

    /// All rows of a block.
    ///
    /// Ownership: borrowed; valid as long as the block is held.
    public static Batch view(Block block) {
        int rowCount = Math.toIntExact(block.rowCount());
        List<Column> columns = new ArrayList<>();
        Iterator<Buffer> buffers = block.buffers().iterator();
        for (byte tag : block.header()) {
            MemorySegment validity = (tag & HAS_VALIDITY) != 0 ? buffers.next().segment() : Column.NO_NULLS;
            MemorySegment codes = (tag & IS_CODED) != 0 ? buffers.next().segment() : MemorySegment.NULL;
            MemorySegment values = buffers.next().segment();
            MemorySegment data = (tag & HAS_DATA) != 0 ? buffers.next().segment() : Column.NO_DATA;
            DataType type = DataType.Simple.values()[tag & TYPE];
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
        for (byte tag : block.header()) {
            types.add(DataType.Simple.values()[tag & TYPE]);
        }
        return types;
    }
}

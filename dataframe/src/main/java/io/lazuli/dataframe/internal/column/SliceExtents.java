package io.lazuli.dataframe.internal.column;

import io.lazuli.graph.memory.Block;
import java.lang.foreign.MemorySegment;

/// Which bytes of a column's buffers the slices of a block need, as [io.lazuli.graph.memory.Slicing] says it.
final class SliceExtents {
    /// Every slice needs all.
    static final long[] WHOLE = {};
    /// Where texts lie across their slices, it is not worth while to tell these apart.
    private static final int MOST_OVERLAP = 2;

    private final Block block;

    SliceExtents(Block block) {
        this.block = block;
    }

    /// Of a buffer with a value a row. Bits are read by words.
    long[] ofValues(Kind kind) {
        long[] extents = new long[2 * block.sliceCount()];
        for (int slice = 0; slice < block.sliceCount(); slice++) {
            long start = block.sliceStart(slice);
            long end = block.sliceEnd(slice);
            extents[2 * slice] = kind == Kind.BOOL ? start / Long.SIZE * Long.BYTES : kind.byteSize(start);
            extents[2 * slice + 1] = start == end ? extents[2 * slice] : kind.byteSize(end);
        }
        return extents;
    }

    /// Of the bytes of long texts, which lie in the order of the rows where these were written one after the other.
    ///
    /// @param views of the rows
    ///
    /// Cost: looks at every view.
    long[] ofTexts(MemorySegment views, MemorySegment validity, long dataBytes) {
        long[] extents = new long[2 * block.sliceCount()];
        long total = 0;
        for (int slice = 0; slice < block.sliceCount(); slice++) {
            long first = dataBytes;
            long end = 0;
            for (long row = block.sliceStart(slice); row < block.sliceEnd(slice); row++) {
                int length = Views.length(views, row);
                // What stands at the place of a null is nothing.
                if (length > Views.INLINE && (validity == Column.NO_NULLS || Bits.get(validity, row))) {
                    long offset = Views.offset(Views.tail(views, row));
                    first = Math.min(first, offset);
                    end = Math.max(end, offset + length);
                }
            }
            extents[2 * slice] = Math.min(first, end);
            extents[2 * slice + 1] = end;
            total += end - extents[2 * slice];
        }
        return total > MOST_OVERLAP * dataBytes ? WHOLE : extents;
    }
}

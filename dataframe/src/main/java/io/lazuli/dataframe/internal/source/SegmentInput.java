package io.lazuli.dataframe.internal.source;

import io.lazuli.dataframe.internal.column.Layouts;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/// The first bytes of a segment as a stream, for decompressors that take nothing else.
///
/// Ownership: borrows the segment.
public final class SegmentInput extends InputStream {
    private final MemorySegment bytes;
    private final long end;
    private long position;

    public SegmentInput(MemorySegment bytes, long byteSize) {
        this.bytes = bytes;
        this.end = byteSize;
    }

    @Override
    public int read() {
        return position < end ? bytes.get(Layouts.BYTE, position++) & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        int count = (int) Math.min(length, end - position);
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        MemorySegment.copy(bytes, Layouts.BYTE, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }
}

package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.Room;
import java.lang.foreign.MemorySegment;

/// BYTE_STREAM_SPLIT: the first bytes of all values, then the second ones, and so on.
final class SplitNumbers implements PageValues {
    private final StoredForm form;
    private final MemorySegment bytes;
    private final long start;
    /// Values of the page, and how many of them were read.
    private final long valueCount;
    private long done;
    private final Room room;
    /// The values of the last read, one behind the other.
    private MemorySegment plain = MemorySegment.NULL;

    SplitNumbers(StoredForm form, MemorySegment bytes, long start, long end, Room room) {
        PageValues.requireForm(
                form.width() > 0 && form.kind() != StoredKind.INT96, form, PageEncoding.BYTE_STREAM_SPLIT);
        this.form = form;
        this.bytes = bytes;
        this.start = start;
        this.valueCount = (end - start) / form.width();
        this.room = room;
    }

    @Override
    public void read(int count, MemorySegment values, long row) {
        if (count > valueCount - done) {
            throw new IllegalStateException("a page has fewer values than its header says");
        }
        long size = (long) count * form.width();
        plain = room.atLeast(size + ChunkBytes.PADDING);
        for (int lane = 0; lane < form.width(); lane++) {
            long from = start + lane * valueCount + done;
            for (long i = 0; i < count; i++) {
                plain.set(Layouts.BYTE, i * form.width() + lane, bytes.get(Layouts.BYTE, from + i));
            }
        }
        done += count;
        PlainValues.decode(form, plain, 0, size, count, values, row);
    }

    @Override
    public MemorySegment data() {
        return plain;
    }
}

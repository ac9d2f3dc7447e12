package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.source.Room;
import java.lang.foreign.MemorySegment;

/// Numbers that are stored as bytes, in an encoding of bytes: brought to PLAIN, and decoded from there. Rare enough for two steps.
final class NumbersOfBytes implements PageValues {
    private final StoredForm form;
    private final PageValues bytes;
    private final Room viewRoom;
    private final Room plainRoom;

    /// @param bytes their bytes, as views
    NumbersOfBytes(StoredForm form, PageValues bytes, Room viewRoom, Room plainRoom) {
        this.form = form;
        this.bytes = bytes;
        this.viewRoom = viewRoom;
        this.plainRoom = plainRoom;
    }

    @Override
    public void read(int count, MemorySegment values, long row) {
        MemorySegment views = viewRoom.atLeast(Kind.UTF8.byteSize(count));
        bytes.read(count, views, 0);
        int prefix = form.width() == 0 ? 4 : 0;
        long size = 0;
        for (int i = 0; i < count; i++) {
            size += prefix + Views.length(views, i);
        }
        MemorySegment plain = plainRoom.atLeast(size + ChunkBytes.PADDING);
        long at = 0;
        for (int i = 0; i < count; i++) {
            int length = Views.length(views, i);
            if (prefix > 0) {
                plain.set(Layouts.INT, at, length);
            }
            at += prefix;
            MemorySegment from = Views.bytes(views, i, bytes.data());
            MemorySegment.copy(from, Views.start(views, i), plain, at, length);
            at += length;
        }
        PlainValues.decode(form, plain, 0, size, count, values, row);
    }

    @Override
    public MemorySegment data() {
        return Column.NO_DATA;
    }
}

package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.Room;
import java.lang.foreign.MemorySegment;

/// DELTA_BINARY_PACKED: see [DeltaDecoder]. Numbers of 32 bits wrap around, as do those that made the differences.
final class DeltaNumbers implements PageValues {
    private final StoredForm form;
    private final DeltaDecoder numbers;
    private final Room room;
    private final long[] batch;

    DeltaNumbers(StoredForm form, MemorySegment bytes, long start, long end, Room room, DecodedNumbers lent) {
        PageValues.requireForm(
                form.physical() == PhysicalType.INT32 || form.physical() == PhysicalType.INT64,
                form,
                PageEncoding.DELTA_BINARY_PACKED);
        this.form = form;
        this.numbers = new DeltaDecoder(bytes, start, end);
        this.room = room;
        this.batch = lent.lengths();
    }

    @Override
    public void read(int count, MemorySegment values, long row) {
        numbers.read(batch, count);
        long size = (long) count * form.width();
        MemorySegment plain = room.atLeast(size);
        if (form.width() == 4) {
            for (int i = 0; i < count; i++) {
                plain.set(Layouts.INT, i * 4L, (int) batch[i]);
            }
        } else {
            MemorySegment.copy(batch, 0, plain, Layouts.LONG, 0, count);
        }
        PlainValues.decode(form, plain, 0, size, count, values, row);
    }

    @Override
    public MemorySegment data() {
        return Column.NO_DATA;
    }
}

package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.GrowingBuffer;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Minimum or maximum of texts. State of a group: the view of the least text so far, the place in `data` that it may write to
/// (where it starts and how long it is), and 1 if there is a value. A place is reused as long as texts fit and otherwise
/// replaced by one of at least twice the size, so `data` never holds more than four times the longest text of each group.
///
/// ```
///   state  | head | tail | start, room | present |      32 bytes: as long as two views
/// ```
final class TextExtreme implements Accumulator {
    private static final long BYTES = 32;
    private static final int PLACE = 16;
    private static final int PRESENT = 24;

    private final GroupState state;
    private final GrowingBuffer data;
    /// 1 for a minimum, -1 for a maximum: what comparisons are multiplied with.
    private final int sign;
    /// Bytes of `data` that are given out as places.
    private long dataSize;

    TextExtreme(Reservation memory, boolean isMax) {
        this.state = new GroupState(memory, 0, 0, 0, 0);
        this.data = new GrowingBuffer(memory);
        this.sign = isMax ? -1 : 1;
    }

    @Override
    public boolean tryReserve(int groupCount, Column values) {
        long bytes = dataSize;
        if (values.data() != Column.NO_DATA) {
            for (int row = 0; row < values.length(); row++) {
                if (!values.isNull(row)) {
                    bytes += room(Views.length(values.values(), row));
                }
            }
        }
        return bytes <= Integer.MAX_VALUE && data.tryReserve(bytes) && state.tryReserve(groupCount);
    }

    /// Bytes of a place for a text: none for short ones, a power of two for others.
    private static int room(int length) {
        return length <= Views.INLINE ? 0 : Integer.highestOneBit(2 * length - 1);
    }

    @Override
    public void update(GroupIds ids, Column values) {
        for (int row = 0; row < ids.rowCount(); row++) {
            if (!values.isNull(row)) {
                reduce(ids.ids()[row], values, row);
            }
        }
    }

    private void reduce(int group, Column values, int row) {
        MemorySegment groups = state.segment();
        boolean isFirst = groups.get(Layouts.LONG, group * BYTES + PRESENT) == 0;
        if (isFirst || sign * Views.compare(values.values(), row, values.data(), groups, 2L * group, data.segment()) < 0) {
            groups.set(Layouts.LONG, group * BYTES + PRESENT, 1);
            replace(group, values, row);
        }
    }

    private void replace(int group, Column values, int row) {
        long head = Views.head(values.values(), row);
        long tail = Views.tail(values.values(), row);
        if ((int) head > Views.INLINE) {
            long at = place(group, (int) head);
            MemorySegment.copy(values.data(), Views.offset(tail), data.segment(), at, (int) head);
            tail = at << 32;
        }
        Views.set(state.segment(), 2L * group, head, tail);
    }

    /// Where a group may write a text of `length` bytes.
    private long place(int group, int length) {
        long place = state.segment().get(Layouts.LONG, group * BYTES + PLACE);
        if (length <= (int) place) {
            return place >>> 32;
        }
        long start = dataSize;
        dataSize += room(length);
        state.segment().set(Layouts.LONG, group * BYTES + PLACE, start << 32 | room(length));
        return start;
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        update(ids, partial.getFirst());
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Column> partial(int start, int length, Scratch scratch) {
        return List.of(finish(start, length, scratch));
    }

    @Override
    public Column finish(int start, int length, Scratch scratch) {
        MemorySegment views = scratch.values(Kind.UTF8, length);
        MemorySegment validity = scratch.bits(length);
        for (int row = 0; row < length; row++) {
            long view = 2L * (start + row);
            Views.set(views, row, Views.head(state.segment(), view), Views.tail(state.segment(), view));
            Bits.set(validity, row, state.segment().get(Layouts.LONG, view * Views.WIDTH + PRESENT) != 0);
        }
        MemorySegment bytes = dataSize == 0 ? Column.NO_DATA : data.segment();
        return new Column(DataType.UTF8, length, Validities.simplified(validity, length), views, bytes);
    }

    @Override
    public void clear(int groupCount) {
        state.clear(groupCount);
        dataSize = 0;
    }

    @Override
    public void free() {
        state.free();
        data.free();
        dataSize = 0;
    }
}

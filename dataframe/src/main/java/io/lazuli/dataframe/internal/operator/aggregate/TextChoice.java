package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.operator.key.GrowingBuffer;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// One text of each group: the least, the greatest, the first or the last. State of a group: the view of the text so far, the place in `data` that it may write to
/// (where it starts and how long it is), and 1 if there is a value. A place is reused as long as texts fit and otherwise
/// replaced by one of at least twice the size, so `data` never holds more than four times the longest text of each group.
///
/// ```
///   | head | tail | start, room | present |
/// ```
final class TextChoice implements BestValue {
    /// Which of two texts is kept.
    enum Preference {
        LEAST,
        GREATEST,
        FIRST,
        LAST
    }

    private static final long PLACE = 16;
    private static final long PRESENT = 24;

    private final GroupRows rows;
    /// Byte of the four words in a group.
    private final long start;
    private final GrowingBuffer data;
    private final Preference preference;
    /// Bytes of `data` that are given out as places.
    private long dataSize;

    TextChoice(StateMemory memory, GroupRows rows, Preference preference) {
        this.rows = rows;
        this.start = rows.add(0, 0, 0, 0);
        this.data = new GrowingBuffer(memory);
        this.preference = preference;
    }

    @Override
    public boolean tryReserve(List<Column> inputs) {
        Column values = inputs.getFirst();
        long bytes = dataSize;
        if (values.data() != Column.NO_DATA) {
            for (int row = 0; row < values.length(); row++) {
                if (!values.isNull(row)) {
                    bytes += room(Views.length(values.values(), row));
                }
            }
        }
        return bytes <= Integer.MAX_VALUE && data.tryReserve(bytes);
    }

    /// Bytes of a place for a text: none for short ones, a power of two for others.
    private static long room(int length) {
        return length <= Views.INLINE ? 0 : Long.highestOneBit(2L * length - 1);
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        Column values = inputs.getFirst();
        for (int row = 0; row < ids.rowCount(); row++) {
            if (!values.isNull(row) && ids.ids()[row] != rows.nowhere()) {
                reduce(state(ids.ids()[row]), values, row);
            }
        }
    }

    @Override
    public void choose(int[] groups, Column values, int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            if (groups[row] != rows.nowhere() && !reduce(state(groups[row]), values, row)) {
                groups[row] = rows.nowhere();
            }
        }
    }

    /// The words of one group.
    private MemorySegment state(int group) {
        return rows.segment().asSlice(group * rows.stride() + start, PRESENT + 8);
    }

    /// Whether the text is the group's from now on.
    private boolean reduce(MemorySegment state, Column values, int row) {
        boolean isChosen = state.get(Layouts.LONG, PRESENT) == 0 || isPreferred(values, row, state);
        if (isChosen) {
            state.set(Layouts.LONG, PRESENT, 1);
            replace(state, values, row);
        }
        return isChosen;
    }

    private boolean isPreferred(Column values, int row, MemorySegment state) {
        return switch (preference) {
            case LEAST -> compare(values, row, state) < 0;
            case GREATEST -> compare(values, row, state) > 0;
            case FIRST -> false;
            case LAST -> true;
        };
    }

    private int compare(Column values, int row, MemorySegment state) {
        return Views.compare(values.values(), row, values.data(), state, 0, data.segment());
    }

    private void replace(MemorySegment state, Column values, int row) {
        long head = Views.head(values.values(), row);
        long tail = Views.tail(values.values(), row);
        if ((int) head > Views.INLINE) {
            long at = place(state, (int) head);
            MemorySegment.copy(values.data(), Views.offset(tail), data.segment(), at, (int) head);
            tail = at << 32;
        }
        Views.set(state, 0, head, tail);
    }

    /// Where a group may write a text of `length` bytes.
    private long place(MemorySegment state, int length) {
        long place = state.get(Layouts.LONG, PLACE);
        if (length <= (place & 0xFFFFFFFFL)) {
            return place >>> 32;
        }
        long at = dataSize;
        dataSize += room(length);
        state.set(Layouts.LONG, PLACE, at << 32 | room(length));
        return at;
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment views = scratch.values(Kind.UTF8, length);
        MemorySegment validity = scratch.bits(length);
        for (int row = 0; row < length; row++) {
            MemorySegment state = state(first + row);
            Views.set(views, row, Views.head(state, 0), Views.tail(state, 0));
            Bits.set(validity, row, state.get(Layouts.LONG, PRESENT) != 0);
        }
        MemorySegment bytes = dataSize == 0 ? Column.NO_DATA : data.segment();
        return new Column(DataType.UTF8, length, Validities.simplified(validity, length), views, bytes);
    }

    @Override
    public long dataBytes() {
        return dataSize;
    }

    @Override
    public void clear() {
        dataSize = 0;
    }

    @Override
    public void free() {
        data.free();
        dataSize = 0;
    }
}

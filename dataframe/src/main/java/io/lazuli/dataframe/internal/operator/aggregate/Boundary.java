package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.Lanes;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// First or last value of any kind but text, in the order in which rows and partial states arrive. State: the bits of the value,
/// and 1 if there is one.
final class Boundary implements ChosenValue {
    private static final long VALUE = 0;
    private static final long PRESENT = 8;

    private final GroupRows rows;
    /// Byte of the two words in a group.
    private final long start;
    private final DataType type;
    /// Whether a value replaces the one before.
    private final boolean isLast;
    private final long[] lanes = new long[Batch.ROWS];

    Boundary(GroupRows rows, DataType type, boolean isLast) {
        this.rows = rows;
        this.start = rows.add(0, 0);
        this.type = type;
        this.isLast = isLast;
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        Column values = inputs.getFirst();
        // the bits of doubles as they are, with both zeros
        Lanes.readOrdered(values.kind() == Kind.DOUBLE ? values.withType(DataType.LONG) : values, lanes);
        int[] groups = ids.withoutNulls(inputs, rows.nowhere());
        if (isLast) {
            replace(groups, lanes, ids.rowCount(), rows.segment(), rows.stride(), start);
        } else {
            putAbsent(groups, lanes, ids.rowCount(), rows.segment(), rows.stride(), start);
        }
    }

    private static void replace(
            int[] ids, long[] lanes, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * stride + start;
            states.set(Layouts.LONG, at + VALUE, lanes[row]);
            states.set(Layouts.LONG, at + PRESENT, 1);
        }
    }

    private static void putAbsent(
            int[] ids, long[] lanes, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * stride + start;
            if (states.get(Layouts.LONG, at + PRESENT) == 0) {
                states.set(Layouts.LONG, at + VALUE, lanes[row]);
                states.set(Layouts.LONG, at + PRESENT, 1);
            }
        }
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(type), length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment states = rows.segment();
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            Bits.set(validity, row, states.get(Layouts.LONG, at + PRESENT) != 0);
            write(values, row, states.get(Layouts.LONG, at + VALUE));
        }
        return new Column(type, length, Validities.simplified(validity, length), values);
    }

    private void write(MemorySegment values, int row, long bits) {
        switch (Kind.of(type)) {
            case BOOL -> Bits.set(values, row, bits != 0);
            case INT -> values.set(Layouts.INT, row * 4L, (int) bits);
            case LONG, DOUBLE -> values.set(Layouts.LONG, row * 8L, bits);
            case UTF8 -> throw new IllegalStateException("text has another accumulator");
        }
    }
}

package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.Lanes;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Minimum or maximum of any kind but text. State: the least value as an ordered lane (see [Lanes#readOrdered]), and 1 if there
/// is a value. A maximum is the minimum of the complements.
final class Extreme implements BestValue {
    private static final long LEAST = 0;
    private static final long PRESENT = 8;

    private final GroupRows rows;
    /// Byte of the two words in a group.
    private final long start;
    private final DataType type;
    /// All ones for a maximum, else 0: what lanes are xor-ed with.
    private final long flip;
    private final long[] lanes = new long[Batch.ROWS];

    Extreme(GroupRows rows, DataType type, boolean isMax) {
        this.rows = rows;
        this.start = rows.add(Long.MAX_VALUE, 0);
        this.type = type;
        this.flip = isMax ? -1 : 0;
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        Lanes.readOrdered(inputs.getFirst(), lanes);
        int[] groups = ids.withoutNulls(inputs, rows.nowhere());
        reduce(groups, lanes, flip, ids.rowCount(), rows.segment(), rows.stride(), start);
    }

    private static void reduce(
            int[] ids, long[] lanes, long flip, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * stride + start;
            states.set(Layouts.LONG, at + LEAST, Math.min(states.get(Layouts.LONG, at + LEAST), lanes[row] ^ flip));
            states.set(Layouts.LONG, at + PRESENT, 1);
        }
    }

    @Override
    public void choose(int[] groups, Column values, int rowCount) {
        Lanes.readOrdered(values, lanes);
        choose(groups, lanes, flip, rowCount, rows.segment(), rows.stride(), start, rows.nowhere());
    }

    private static void choose(
            int[] ids, long[] lanes, long flip, int rowCount, MemorySegment states, long stride, long start,
            int nowhere) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * stride + start;
            long lane = lanes[row] ^ flip;
            if (states.get(Layouts.LONG, at + PRESENT) == 0 || lane < states.get(Layouts.LONG, at + LEAST)) {
                states.set(Layouts.LONG, at + LEAST, lane);
                states.set(Layouts.LONG, at + PRESENT, 1);
            } else {
                ids[row] = nowhere;
            }
        }
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.of(type), length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment state = rows.segment();
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            Bits.set(validity, row, state.get(Layouts.LONG, at + PRESENT) != 0);
            write(values, row, state.get(Layouts.LONG, at + LEAST) ^ flip);
        }
        return new Column(type, length, Validities.simplified(validity, length), values);
    }

    private void write(MemorySegment values, int row, long lane) {
        switch (Kind.of(type)) {
            case BOOL -> Bits.set(values, row, lane == 1);
            case INT -> values.set(Layouts.INT, row * 4L, (int) lane);
            case LONG -> values.set(Layouts.LONG, row * 8L, lane);
            case DOUBLE -> values.set(Layouts.LONG, row * 8L, Lanes.flipNegative(lane));
            case UTF8 -> throw new IllegalStateException("text has another accumulator");
        }
    }
}

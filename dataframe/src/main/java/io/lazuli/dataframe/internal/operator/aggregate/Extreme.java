package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.Lanes;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Minimum or maximum of any kind but text. State: the least value as an ordered lane (see [Lanes#readOrdered]), and 1 if there
/// is a value. A maximum is the minimum of the complements.
final class Extreme implements Accumulator {
    private static final long BYTES = 16;

    private final GroupState state;
    private final DataType type;
    /// All ones for a maximum, else 0: what lanes are xor-ed with.
    private final long flip;
    private final long[] lanes = new long[Batch.ROWS];

    Extreme(Reservation memory, DataType type, boolean isMax) {
        this.state = new GroupState(memory, Long.MAX_VALUE, 0);
        this.type = type;
        this.flip = isMax ? -1 : 0;
    }

    @Override
    public boolean tryReserve(int groupCount, Column values) {
        return state.tryReserve(groupCount);
    }

    @Override
    public void update(GroupIds ids, Column values) {
        Lanes.readOrdered(values, lanes);
        reduce(ids.withoutNulls(values, state.nowhere()), lanes, flip, ids.rowCount(), state.segment());
    }

    private static void reduce(int[] ids, long[] lanes, long flip, int rowCount, MemorySegment state) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * BYTES;
            state.set(Layouts.LONG, at, Math.min(state.get(Layouts.LONG, at), lanes[row] ^ flip));
            state.set(Layouts.LONG, at + 8, 1);
        }
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
        MemorySegment values = scratch.values(Kind.of(type), length);
        MemorySegment validity = scratch.bits(length);
        for (int row = 0; row < length; row++) {
            long at = (start + row) * BYTES;
            Bits.set(validity, row, state.segment().get(Layouts.LONG, at + 8) != 0);
            write(values, row, state.segment().get(Layouts.LONG, at) ^ flip);
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

    @Override
    public void clear(int groupCount) {
        state.clear(groupCount);
    }

    @Override
    public void free() {
        state.free();
    }
}

package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Sum or mean of doubles, added one after the other in row order: the same plan gives the same bits on any machine.
final class DoubleSum implements Accumulator {
    private static final int SUM = 0;
    private static final int COUNT = 1;
    private static final long BYTES = 16;

    private final GroupState sums;
    private final boolean isMean;

    DoubleSum(Reservation memory, boolean isMean) {
        this.sums = new GroupState(memory, 0, 0);
        this.isMean = isMean;
    }

    @Override
    public boolean tryReserve(int groupCount, Column values) {
        return sums.tryReserve(groupCount);
    }

    @Override
    public void update(GroupIds ids, Column values) {
        add(ids.withoutNulls(values, sums.nowhere()), values.values(), ids.rowCount(), sums.segment());
    }

    private static void add(int[] ids, MemorySegment values, int rowCount, MemorySegment sums) {
        for (int row = 0; row < rowCount; row++) {
            add(sums, ids[row] * BYTES, values.get(Layouts.DOUBLE, row * 8L), 1);
        }
    }

    private static void add(MemorySegment sums, long at, double sum, long count) {
        sums.set(Layouts.DOUBLE, at, sums.get(Layouts.DOUBLE, at) + sum);
        sums.set(Layouts.LONG, at + 8, sums.get(Layouts.LONG, at + 8) + count);
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        MemorySegment values = partial.get(0).values();
        MemorySegment counts = partial.get(1).values();
        MemorySegment state = sums.segment();
        int[] groups = ids.ids();
        for (int row = 0; row < ids.rowCount(); row++) {
            double sum = values.get(Layouts.DOUBLE, row * 8L);
            add(state, groups[row] * BYTES, sum, counts.get(Layouts.LONG, row * 8L));
        }
    }

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public List<Column> partial(int start, int length, Scratch scratch) {
        return List.of(
                word(DataType.FLOAT64, SUM, start, length, scratch), word(DataType.LONG, COUNT, start, length, scratch));
    }

    private Column word(DataType type, int word, int start, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.LONG, length);
        sums.copyWord(word, start, length, values);
        return new Column(type, length, Column.NO_NULLS, values);
    }

    @Override
    public Column finish(int start, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.DOUBLE, length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment state = sums.segment();
        for (int row = 0; row < length; row++) {
            long at = (start + row) * BYTES;
            double sum = state.get(Layouts.DOUBLE, at);
            long count = state.get(Layouts.LONG, at + 8);
            Bits.set(validity, row, count > 0);
            values.set(Layouts.DOUBLE, row * 8L, isMean && count > 0 ? sum / count : sum);
        }
        return new Column(DataType.FLOAT64, length, Validities.simplified(validity, length), values);
    }

    @Override
    public void clear(int groupCount) {
        sums.clear(groupCount);
    }

    @Override
    public void free() {
        sums.free();
    }
}

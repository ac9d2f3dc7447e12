package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Counts rows, or values that are not null.
final class CountAccumulator implements Accumulator {
    private final GroupState counts;
    private final boolean countsNulls;

    CountAccumulator(Reservation memory, boolean countsNulls) {
        this.counts = new GroupState(memory, 0);
        this.countsNulls = countsNulls;
    }

    @Override
    public boolean tryReserve(int groupCount, Column values) {
        return counts.tryReserve(groupCount);
    }

    @Override
    public void update(GroupIds ids, Column values) {
        count(countsNulls ? ids.ids() : ids.withoutNulls(values, counts.nowhere()), ids.rowCount(), counts.segment());
    }

    private static void count(int[] ids, int rowCount, MemorySegment counts) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * 8L;
            counts.set(Layouts.LONG, at, counts.get(Layouts.LONG, at) + 1);
        }
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        add(ids.ids(), partial.getFirst().values(), ids.rowCount(), counts.segment());
    }

    private static void add(int[] ids, MemorySegment values, int rowCount, MemorySegment counts) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * 8L;
            counts.set(Layouts.LONG, at, counts.get(Layouts.LONG, at) + values.get(Layouts.LONG, row * 8L));
        }
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
        MemorySegment values = scratch.values(Kind.LONG, length);
        counts.copyWord(0, start, length, values);
        return new Column(DataType.LONG, length, Column.NO_NULLS, values);
    }

    @Override
    public void clear(int groupCount) {
        counts.clear(groupCount);
    }

    @Override
    public void free() {
        counts.free();
    }
}

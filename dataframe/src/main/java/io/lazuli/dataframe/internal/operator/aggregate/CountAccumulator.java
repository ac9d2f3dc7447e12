package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Counts rows, or values that are not null.
final class CountAccumulator implements Accumulator {
    private final GroupRows rows;
    /// Byte of the count in a group.
    private final long start;
    private final boolean countsNulls;

    CountAccumulator(GroupRows rows, boolean countsNulls) {
        this.rows = rows;
        this.start = rows.add(0);
        this.countsNulls = countsNulls;
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        int[] groups = countsNulls ? ids.ids() : ids.withoutNulls(inputs, rows.nowhere());
        count(groups, ids.rowCount(), rows.segment(), rows.stride(), start);
    }

    private static void count(int[] ids, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * stride + start;
            states.set(Layouts.LONG, at, states.get(Layouts.LONG, at) + 1);
        }
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        MemorySegment counts = partial.getFirst().values();
        add(ids.ids(), counts, ids.rowCount(), rows.segment(), rows.stride(), start);
    }

    private static void add(
            int[] ids, MemorySegment counts, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * stride + start;
            states.set(Layouts.LONG, at, states.get(Layouts.LONG, at) + counts.get(Layouts.LONG, row * 8L));
        }
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return List.of(finish(first, length, scratch));
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        return rows.word(start, DataType.LONG, first, length, scratch);
    }
}

package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Sum or mean of doubles, added one after the other in row order: the same plan gives the same bits on any machine.
final class DoubleSum implements Accumulator {
    private static final long SUM = 0;
    private static final long COUNT = 8;

    private final GroupRows rows;
    /// Byte of the two words in a group.
    private final long start;
    private final boolean isMean;

    DoubleSum(GroupRows rows, boolean isMean) {
        this.rows = rows;
        this.start = rows.add(0, 0);
        this.isMean = isMean;
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        int[] groups = ids.withoutNulls(inputs, rows.nowhere());
        add(groups, inputs.getFirst().values(), ids.rowCount(), rows.segment(), rows.stride(), start);
    }

    private static void add(
            int[] ids, MemorySegment values, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            add(states, ids[row] * stride + start, values.get(Layouts.DOUBLE, row * 8L), 1);
        }
    }

    private static void add(MemorySegment states, long at, double sum, long count) {
        states.set(Layouts.DOUBLE, at + SUM, states.get(Layouts.DOUBLE, at + SUM) + sum);
        states.set(Layouts.LONG, at + COUNT, states.get(Layouts.LONG, at + COUNT) + count);
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        MemorySegment values = partial.get(0).values();
        MemorySegment counts = partial.get(1).values();
        MemorySegment state = rows.segment();
        int[] groups = ids.ids();
        for (int row = 0; row < ids.rowCount(); row++) {
            double sum = values.get(Layouts.DOUBLE, row * 8L);
            add(state, groups[row] * rows.stride() + start, sum, counts.get(Layouts.LONG, row * 8L));
        }
    }

    @Override
    public int stateCount() {
        return 2;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return List.of(
                rows.word(start + SUM, DataType.FLOAT64, first, length, scratch),
                rows.word(start + COUNT, DataType.LONG, first, length, scratch));
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.DOUBLE, length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment state = rows.segment();
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            double sum = state.get(Layouts.DOUBLE, at + SUM);
            long count = state.get(Layouts.LONG, at + COUNT);
            Bits.set(validity, row, count > 0);
            values.set(Layouts.DOUBLE, row * 8L, isMean && count > 0 ? sum / count : sum);
        }
        return new Column(DataType.FLOAT64, length, Validities.simplified(validity, length), values);
    }
}

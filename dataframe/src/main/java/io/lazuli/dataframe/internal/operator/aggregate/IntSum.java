package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Sum or mean of INTs. Fewer than 2^32 of them cannot leave 64 bits, so that [LongSum]'s third word is saved; a task has
/// fewer, and merging checks.
final class IntSum implements Accumulator {
    private static final long SUM = 0;
    private static final long COUNT = 8;

    private final GroupRows rows;
    /// Byte of the two words in a group.
    private final long start;
    private final String name;
    private final boolean isMean;

    /// @param name what errors call the aggregate
    IntSum(GroupRows rows, String name, boolean isMean) {
        this.rows = rows;
        this.start = rows.add(0, 0);
        this.name = name;
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
            long at = ids[row] * stride + start;
            states.set(Layouts.LONG, at + SUM, states.get(Layouts.LONG, at + SUM) + values.get(Layouts.INT, row * 4L));
            states.set(Layouts.LONG, at + COUNT, states.get(Layouts.LONG, at + COUNT) + 1);
        }
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        MemorySegment lows = partial.get(1).values();
        MemorySegment counts = partial.get(2).values();
        MemorySegment states = rows.segment();
        int[] groups = ids.ids();
        for (int row = 0; row < ids.rowCount(); row++) {
            long at = groups[row] * rows.stride() + start;
            long sum = states.get(Layouts.LONG, at + SUM);
            long more = lows.get(Layouts.LONG, row * 8L);
            if (((sum ^ sum + more) & (more ^ sum + more)) < 0) {
                throw Errors.sumOverflow(name, (double) sum + more);
            }
            states.set(Layouts.LONG, at + SUM, sum + more);
            states.set(Layouts.LONG, at + COUNT,
                    states.get(Layouts.LONG, at + COUNT) + counts.get(Layouts.LONG, row * 8L));
        }
    }

    @Override
    public int stateCount() {
        return 3;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        Column low = rows.word(start + SUM, DataType.LONG, first, length, scratch);
        return List.of(signs(low, scratch), low, rows.word(start + COUNT, DataType.LONG, first, length, scratch));
    }

    /// The high halves of sums that are their low halves.
    private static Column signs(Column low, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.LONG, low.length());
        for (int row = 0; row < low.length(); row++) {
            values.set(Layouts.LONG, row * 8L, low.longAt(row) >> 63);
        }
        return new Column(DataType.LONG, low.length(), Column.NO_NULLS, values);
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.LONG, length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment states = rows.segment();
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            long sum = states.get(Layouts.LONG, at + SUM);
            long count = states.get(Layouts.LONG, at + COUNT);
            Bits.set(validity, row, count > 0);
            if (isMean) {
                values.set(Layouts.DOUBLE, row * 8L, count == 0 ? 0 : (double) sum / count);
            } else {
                values.set(Layouts.LONG, row * 8L, sum);
            }
        }
        return new Column(isMean ? DataType.FLOAT64 : DataType.LONG, length, Validities.simplified(validity, length),
                values);
    }
}

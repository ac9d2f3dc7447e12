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
import java.math.BigInteger;
import java.util.List;

/// Sum or mean of LONGs. Sums have 128 bits, so that only the result can overflow, and do not depend on the order of rows.
final class LongSum implements Accumulator {
    private static final long LOW = 0;
    private static final long HIGH = 8;
    private static final long COUNT = 16;

    private final GroupRows rows;
    /// Byte of the three words in a group.
    private final long start;
    private final String name;
    private final boolean isMean;

    /// @param name what errors call the aggregate
    LongSum(GroupRows rows, String name, boolean isMean) {
        this.rows = rows;
        this.start = rows.add(0, 0, 0);
        this.name = name;
        this.isMean = isMean;
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        int[] groups = ids.withoutNulls(inputs, rows.nowhere());
        addLongs(groups, inputs.getFirst().values(), ids.rowCount(), rows.segment(), rows.stride(), start);
    }

    private static void addLongs(
            int[] ids, MemorySegment values, int rowCount, MemorySegment states, long stride, long start) {
        for (int row = 0; row < rowCount; row++) {
            add(states, ids[row] * stride + start, values.get(Layouts.LONG, row * 8L));
        }
    }

    private static void add(MemorySegment states, long at, long value) {
        add(states, at, value >> 63, value, 1);
    }

    private static void add(MemorySegment states, long at, long high, long low, long count) {
        long sum = states.get(Layouts.LONG, at + LOW) + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        states.set(Layouts.LONG, at + LOW, sum);
        states.set(Layouts.LONG, at + HIGH, states.get(Layouts.LONG, at + HIGH) + high + carry);
        states.set(Layouts.LONG, at + COUNT, states.get(Layouts.LONG, at + COUNT) + count);
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        MemorySegment highs = partial.get(0).values();
        MemorySegment lows = partial.get(1).values();
        MemorySegment counts = partial.get(2).values();
        MemorySegment state = rows.segment();
        int[] groups = ids.ids();
        for (int row = 0; row < ids.rowCount(); row++) {
            add(state, groups[row] * rows.stride() + start, longAt(highs, row), longAt(lows, row), longAt(counts, row));
        }
    }

    private static long longAt(MemorySegment values, int row) {
        return values.get(Layouts.LONG, row * 8L);
    }

    @Override
    public int stateCount() {
        return 3;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return List.of(rows.word(start + HIGH, DataType.LONG, first, length, scratch),
                rows.word(start + LOW, DataType.LONG, first, length, scratch),
                rows.word(start + COUNT, DataType.LONG, first, length, scratch));
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.LONG, length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment state = rows.segment();
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            long count = state.get(Layouts.LONG, at + COUNT);
            Bits.set(validity, row, count > 0);
            if (isMean) {
                values.set(Layouts.DOUBLE, row * 8L, count == 0 ? 0 : asDouble(state, at) / count);
            } else {
                values.set(Layouts.LONG, row * 8L, exact(state, at));
            }
        }
        return new Column(isMean ? DataType.FLOAT64 : DataType.LONG, length, Validities.simplified(validity, length),
                values);
    }

    private long exact(MemorySegment state, long at) {
        long low = state.get(Layouts.LONG, at + LOW);
        if (state.get(Layouts.LONG, at + HIGH) != low >> 63) {
            throw Errors.sumOverflow(name, asDouble(state, at));
        }
        return low;
    }

    private static double asDouble(MemorySegment state, long at) {
        long low = state.get(Layouts.LONG, at + LOW);
        long high = state.get(Layouts.LONG, at + HIGH);
        if (high == low >> 63) {
            return low;
        }
        // rare: only sums that no LONG holds
        return BigInteger.valueOf(high)
                .shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(low)))
                .doubleValue();
    }
}

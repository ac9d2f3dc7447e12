package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.util.List;

/// Sum or mean of integers. Sums have 128 bits, so that only the result can overflow, and do not depend on the order of rows.
final class LongSum implements Accumulator {
    private static final int LOW = 0;
    private static final int HIGH = 1;
    private static final int COUNT = 2;
    private static final long BYTES = 24;

    private final GroupState sums;
    private final String name;
    private final boolean isMean;

    /// @param name what errors call the aggregate
    LongSum(Reservation memory, String name, boolean isMean) {
        this.sums = new GroupState(memory, 0, 0, 0);
        this.name = name;
        this.isMean = isMean;
    }

    @Override
    public boolean tryReserve(int groupCount, Column values) {
        return sums.tryReserve(groupCount);
    }

    @Override
    public void update(GroupIds ids, Column values) {
        int[] groups = ids.withoutNulls(values, sums.nowhere());
        if (values.kind() == Kind.INT) {
            addInts(groups, values.values(), ids.rowCount(), sums.segment());
        } else {
            addLongs(groups, values.values(), ids.rowCount(), sums.segment());
        }
    }

    private static void addInts(int[] ids, MemorySegment values, int rowCount, MemorySegment sums) {
        for (int row = 0; row < rowCount; row++) {
            add(sums, ids[row] * BYTES, values.get(Layouts.INT, row * 4L));
        }
    }

    private static void addLongs(int[] ids, MemorySegment values, int rowCount, MemorySegment sums) {
        for (int row = 0; row < rowCount; row++) {
            add(sums, ids[row] * BYTES, values.get(Layouts.LONG, row * 8L));
        }
    }

    private static void add(MemorySegment sums, long at, long value) {
        add(sums, at, value >> 63, value, 1);
    }

    private static void add(MemorySegment sums, long at, long high, long low, long count) {
        long sum = sums.get(Layouts.LONG, at) + low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        sums.set(Layouts.LONG, at, sum);
        sums.set(Layouts.LONG, at + 8, sums.get(Layouts.LONG, at + 8) + high + carry);
        sums.set(Layouts.LONG, at + 16, sums.get(Layouts.LONG, at + 16) + count);
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        MemorySegment highs = partial.get(0).values();
        MemorySegment lows = partial.get(1).values();
        MemorySegment counts = partial.get(2).values();
        MemorySegment state = sums.segment();
        int[] groups = ids.ids();
        for (int row = 0; row < ids.rowCount(); row++) {
            add(state, groups[row] * BYTES, longAt(highs, row), longAt(lows, row), longAt(counts, row));
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
    public List<Column> partial(int start, int length, Scratch scratch) {
        return List.of(word(HIGH, start, length, scratch), word(LOW, start, length, scratch), word(COUNT, start, length, scratch));
    }

    private Column word(int word, int start, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.LONG, length);
        sums.copyWord(word, start, length, values);
        return new Column(DataType.LONG, length, Column.NO_NULLS, values);
    }

    @Override
    public Column finish(int start, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.LONG, length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment state = sums.segment();
        for (int row = 0; row < length; row++) {
            long at = (start + row) * BYTES;
            long count = state.get(Layouts.LONG, at + 16);
            Bits.set(validity, row, count > 0);
            if (isMean) {
                values.set(Layouts.DOUBLE, row * 8L, count == 0 ? 0 : asDouble(state, at) / count);
            } else {
                values.set(Layouts.LONG, row * 8L, exact(state, at));
            }
        }
        return new Column(isMean ? DataType.FLOAT64 : DataType.LONG, length, Validities.simplified(validity, length), values);
    }

    private long exact(MemorySegment state, long at) {
        long low = state.get(Layouts.LONG, at);
        if (state.get(Layouts.LONG, at + 8) != low >> 63) {
            throw Errors.sumOverflow(name, asDouble(state, at));
        }
        return low;
    }

    private static double asDouble(MemorySegment state, long at) {
        long low = state.get(Layouts.LONG, at);
        long high = state.get(Layouts.LONG, at + 8);
        if (high == low >> 63) {
            return low;
        }
        // rare: only sums that no LONG holds
        return BigInteger.valueOf(high)
                .shiftLeft(Long.SIZE)
                .add(new BigInteger(Long.toUnsignedString(low)))
                .doubleValue();
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

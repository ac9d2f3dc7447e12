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

/// Covariance or Pearson's correlation of pairs of doubles; a pair with a null is none. State: the number of pairs, both means,
/// both sums of squared differences from them, and the sum of products of these differences. As [Variance], in two dimensions.
final class Covariance implements Accumulator {
    private static final long COUNT = 0;
    private static final long MEAN_X = 8;
    private static final long MEAN_Y = 16;
    private static final long SQUARES_X = 24;
    private static final long SQUARES_Y = 32;
    private static final long PRODUCTS = 40;

    private final GroupRows rows;
    /// Byte of the six words in a group.
    private final long start;
    /// What is subtracted from the number of pairs where it divides.
    private final int ddof;
    private final boolean isCorrelation;

    Covariance(GroupRows rows, int ddof, boolean isCorrelation) {
        this.rows = rows;
        this.start = rows.add(0, 0, 0, 0, 0, 0);
        this.ddof = ddof;
        this.isCorrelation = isCorrelation;
    }

    @Override
    public void update(GroupIds ids, List<Column> inputs) {
        int[] groups = ids.withoutNulls(inputs, rows.nowhere());
        add(groups, inputs.get(0).values(), inputs.get(1).values(), ids.rowCount(), rows.segment(), rows.stride(),
                start);
    }

    private static void add(
            int[] ids, MemorySegment xs, MemorySegment ys, int rowCount, MemorySegment states, long stride,
            long start) {
        for (int row = 0; row < rowCount; row++) {
            long at = ids[row] * stride + start;
            long count = states.get(Layouts.LONG, at + COUNT) + 1;
            double toX = xs.get(Layouts.DOUBLE, row * 8L) - states.get(Layouts.DOUBLE, at + MEAN_X);
            double toY = ys.get(Layouts.DOUBLE, row * 8L) - states.get(Layouts.DOUBLE, at + MEAN_Y);
            double share = 1.0 / count;
            double rest = 1 - share;
            states.set(Layouts.LONG, at + COUNT, count);
            States.increase(states, at + MEAN_X, toX * share);
            States.increase(states, at + MEAN_Y, toY * share);
            States.increase(states, at + SQUARES_X, toX * toX * rest);
            States.increase(states, at + SQUARES_Y, toY * toY * rest);
            States.increase(states, at + PRODUCTS, toX * toY * rest);
        }
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        for (int row = 0; row < ids.rowCount(); row++) {
            if (partial.getFirst().longAt(row) > 0) {
                merge(rows.segment(), ids.ids()[row] * rows.stride() + start, partial, row);
            }
        }
    }

    private static void merge(MemorySegment states, long at, List<Column> partial, int row) {
        long more = partial.get(0).longAt(row);
        long count = states.get(Layouts.LONG, at + COUNT);
        double share = (double) more / (count + more);
        double toX = partial.get(1).doubleAt(row) - states.get(Layouts.DOUBLE, at + MEAN_X);
        double toY = partial.get(2).doubleAt(row) - states.get(Layouts.DOUBLE, at + MEAN_Y);
        states.set(Layouts.LONG, at + COUNT, count + more);
        States.increase(states, at + MEAN_X, toX * share);
        States.increase(states, at + MEAN_Y, toY * share);
        States.increase(states, at + SQUARES_X, partial.get(3).doubleAt(row) + toX * count * share * toX);
        States.increase(states, at + SQUARES_Y, partial.get(4).doubleAt(row) + toY * count * share * toY);
        States.increase(states, at + PRODUCTS, partial.get(5).doubleAt(row) + toX * count * share * toY);
    }

    @Override
    public int stateCount() {
        return 6;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return rows.countAndDoubles(start, stateCount(), first, length, scratch);
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.DOUBLE, length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment state = rows.segment();
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            double divisor = divisor(state, at);
            double value = state.get(Layouts.DOUBLE, at + PRODUCTS) / divisor;
            // NaN > 0 is false, but NaN is an answer and nothing to divide by is none
            Bits.set(validity, row, divisor > 0 || Double.isNaN(divisor));
            values.set(Layouts.DOUBLE, row * 8L, isCorrelation ? Math.clamp(value, -1, 1) : value);
        }
        return new Column(DataType.FLOAT64, length, Validities.simplified(validity, length), values);
    }

    private double divisor(MemorySegment state, long at) {
        return isCorrelation
                ? Math.sqrt(state.get(Layouts.DOUBLE, at + SQUARES_X))
                        * Math.sqrt(state.get(Layouts.DOUBLE, at + SQUARES_Y))
                : state.get(Layouts.LONG, at + COUNT) - ddof;
    }
}

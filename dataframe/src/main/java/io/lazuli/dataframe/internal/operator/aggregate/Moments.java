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

/// Skewness or kurtosis of doubles. State: the number of values, their mean, and the sums of the second, third and fourth powers
/// of their differences from it. As [Variance], with higher powers.
///
/// Pébay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order statistical moments" (2008).
/// The results are free of bias for a normal distribution: G1 and G2 of Joanes and Gill, "Comparing measures of sample skewness and
/// kurtosis" (1998).
final class Moments implements Accumulator {
    private static final long COUNT = 0;
    private static final long MEAN = 8;
    private static final long SQUARES = 16;
    private static final long CUBES = 24;
    private static final long FOURTHS = 32;

    private final GroupRows rows;
    /// Byte of the five words in a group.
    private final long start;
    private final boolean isKurtosis;

    Moments(GroupRows rows, boolean isKurtosis) {
        this.rows = rows;
        this.start = rows.add(0, 0, 0, 0, 0);
        this.isKurtosis = isKurtosis;
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
            long before = states.get(Layouts.LONG, at + COUNT);
            double count = before + 1;
            double difference = values.get(Layouts.DOUBLE, row * 8L) - states.get(Layouts.DOUBLE, at + MEAN);
            double step = difference / count;
            double more = difference * step * before;
            double squares = states.get(Layouts.DOUBLE, at + SQUARES);
            double cubes = states.get(Layouts.DOUBLE, at + CUBES);
            states.set(Layouts.LONG, at + COUNT, before + 1);
            States.increase(states, at + MEAN, step);
            States.increase(states, at + SQUARES, more);
            States.increase(states, at + CUBES, more * step * (count - 2) - 3 * step * squares);
            States.increase(states, at + FOURTHS, more * step * step * (count * count - 3 * count + 3)
                    + 6 * step * step * squares - 4 * step * cubes);
        }
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        for (int row = 0; row < ids.rowCount(); row++) {
            long more = partial.getFirst().longAt(row);
            long at = ids.ids()[row] * rows.stride() + start;
            if (more > 0 && rows.segment().get(Layouts.LONG, at + COUNT) == 0) {
                put(rows.segment(), at, partial, row);
            } else if (more > 0) {
                merge(rows.segment(), at, more, partial, row);
            }
        }
    }

    /// The first of the states as it is: nothing times an infinite mean would be NaN.
    private static void put(MemorySegment states, long at, List<Column> partial, int row) {
        states.set(Layouts.LONG, at + COUNT, partial.getFirst().longAt(row));
        for (int word = 1; word < partial.size(); word++) {
            states.set(Layouts.DOUBLE, at + word * 8L, partial.get(word).doubleAt(row));
        }
    }

    private static void merge(MemorySegment states, long at, long more, List<Column> partial, int row) {
        double left = states.get(Layouts.LONG, at + COUNT);
        double right = more;
        double count = left + right;
        double step = (partial.get(1).doubleAt(row) - states.get(Layouts.DOUBLE, at + MEAN)) / count;
        double leftSquares = states.get(Layouts.DOUBLE, at + SQUARES);
        double rightSquares = partial.get(2).doubleAt(row);
        double leftCubes = states.get(Layouts.DOUBLE, at + CUBES);
        double rightCubes = partial.get(3).doubleAt(row);
        double product = step * step * left * right * count;
        states.set(Layouts.LONG, at + COUNT, (long) count);
        States.increase(states, at + MEAN, step * right);
        States.increase(states, at + SQUARES, rightSquares + product);
        States.increase(states, at + CUBES,
                rightCubes + product * step * (left - right) + 3 * step * (left * rightSquares - right * leftSquares));
        States.increase(states, at + FOURTHS, partial.get(4).doubleAt(row)
                + product * step * step * (left * left - left * right + right * right)
                + 6 * step * step * (left * left * rightSquares + right * right * leftSquares)
                + 4 * step * (left * rightCubes - right * leftCubes));
    }

    @Override
    public int stateCount() {
        return 5;
    }

    @Override
    public List<Column> partial(int first, int length, Scratch scratch) {
        return rows.countAndDoubles(start, stateCount(), first, length, scratch);
    }

    @Override
    public Column finish(int first, int length, Scratch scratch) {
        MemorySegment values = scratch.values(Kind.DOUBLE, length);
        MemorySegment validity = scratch.bits(length);
        MemorySegment states = rows.segment();
        for (int row = 0; row < length; row++) {
            long at = (first + row) * rows.stride() + start;
            double count = states.get(Layouts.LONG, at + COUNT);
            // of NaN it is not known whether it varies, but NaN is an answer
            boolean varies = states.get(Layouts.DOUBLE, at + SQUARES) != 0;
            boolean isDefined = varies && count > (isKurtosis ? 3 : 2);
            Bits.set(validity, row, isDefined);
            values.set(Layouts.DOUBLE, row * 8L, isDefined ? result(states, at, count) : 0);
        }
        return new Column(DataType.FLOAT64, length, Validities.simplified(validity, length), values);
    }

    private double result(MemorySegment states, long at, double count) {
        double squares = states.get(Layouts.DOUBLE, at + SQUARES);
        return isKurtosis
                ? kurtosis(count, states.get(Layouts.DOUBLE, at + FOURTHS) / squares / squares)
                : skewness(count, states.get(Layouts.DOUBLE, at + CUBES) / squares / Math.sqrt(squares));
    }

    /// @param ratio the sum of cubes by that of squares, to the power of three halves
    private static double skewness(double count, double ratio) {
        return count * Math.sqrt(count - 1) / (count - 2) * ratio;
    }

    /// @param ratio the sum of fourth powers by that of squares, squared
    private static double kurtosis(double count, double ratio) {
        return (count - 1) / ((count - 2) * (count - 3)) * ((count + 1) * count * ratio - 3 * (count - 1));
    }
}

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

/// Variance, standard deviation or standard error of the mean of doubles. State: the number of values, their mean, and the sum of squared differences from
/// it. A sum of squares would lose all digits where the mean is large.
///
/// Welford, "Note on a method for calculating corrected sums of squares and products" (1962); merging after Chan, Golub and
/// LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
final class Variance implements Accumulator {
    /// What is made of the variance.
    enum Form {
        VARIANCE,
        DEVIATION,
        ERROR_OF_MEAN
    }

    private static final long COUNT = 0;
    private static final long MEAN = 8;
    private static final long SQUARES = 16;

    private final GroupRows rows;
    /// Byte of the three words in a group.
    private final long start;
    /// What is subtracted from the number of values where it divides.
    private final int ddof;
    private final Form form;

    Variance(GroupRows rows, int ddof, Form form) {
        this.rows = rows;
        this.start = rows.add(0, 0, 0);
        this.ddof = ddof;
        this.form = form;
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
            double value = values.get(Layouts.DOUBLE, row * 8L);
            long count = states.get(Layouts.LONG, at + COUNT) + 1;
            double mean = states.get(Layouts.DOUBLE, at + MEAN);
            double newMean = mean + (value - mean) / count;
            double squares = states.get(Layouts.DOUBLE, at + SQUARES) + (value - mean) * (value - newMean);
            states.set(Layouts.LONG, at + COUNT, count);
            states.set(Layouts.DOUBLE, at + MEAN, newMean);
            states.set(Layouts.DOUBLE, at + SQUARES, squares);
        }
    }

    @Override
    public void merge(GroupIds ids, List<Column> partial) {
        for (int row = 0; row < ids.rowCount(); row++) {
            long more = partial.get(0).longAt(row);
            if (more > 0) {
                long at = ids.ids()[row] * rows.stride() + start;
                merge(rows.segment(), at, more, partial.get(1).doubleAt(row), partial.get(2).doubleAt(row));
            }
        }
    }

    private static void merge(MemorySegment states, long at, long more, double mean, double squares) {
        long count = states.get(Layouts.LONG, at + COUNT);
        double oldMean = states.get(Layouts.DOUBLE, at + MEAN);
        // times the count before it is squared: nothing times infinity would be NaN
        double difference = mean - oldMean;
        double share = (double) more / (count + more);
        states.set(Layouts.LONG, at + COUNT, count + more);
        states.set(Layouts.DOUBLE, at + MEAN, oldMean + difference * share);
        states.set(Layouts.DOUBLE, at + SQUARES,
                states.get(Layouts.DOUBLE, at + SQUARES) + squares + difference * count * share * difference);
    }

    @Override
    public int stateCount() {
        return 3;
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
            long count = state.get(Layouts.LONG, at + COUNT);
            long divisor = count - ddof;
            double variance = state.get(Layouts.DOUBLE, at + SQUARES) / Math.max(divisor, 1);
            Bits.set(validity, row, divisor > 0);
            values.set(Layouts.DOUBLE, row * 8L, result(variance, count));
        }
        return new Column(DataType.FLOAT64, length, Validities.simplified(validity, length), values);
    }

    private double result(double variance, long count) {
        return switch (form) {
            case VARIANCE -> variance;
            case DEVIATION -> Math.sqrt(variance);
            case ERROR_OF_MEAN -> Math.sqrt(variance) / Math.sqrt(count);
        };
    }
}

package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.operator.aggregate.TextChoice.Preference;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.internal.operator.user.FoldFunction;
import io.lazuli.dataframe.type.DataType;

/// Makes accumulators that keep their state in `rows`. `name` is what errors call the aggregate.
public final class Accumulators {
    private Accumulators() {}

    /// Counts all rows.
    public static Accumulator countRows(GroupRows rows) {
        return new CountAccumulator(rows, true);
    }

    /// Counts values that are not null.
    public static Accumulator count(GroupRows rows) {
        return new CountAccumulator(rows, false);
    }

    public static Accumulator sum(GroupRows rows, DataType type, String name) {
        return sum(rows, type, name, false);
    }

    public static Accumulator mean(GroupRows rows, DataType type, String name) {
        return sum(rows, type, name, true);
    }

    private static Accumulator sum(GroupRows rows, DataType type, String name, boolean isMean) {
        return switch (Kind.of(type)) {
            case INT -> new IntSum(rows, name, isMean);
            case LONG -> new LongSum(rows, name, isMean);
            case DOUBLE -> new DoubleSum(rows, isMean);
            case BOOL, UTF8 -> throw new IllegalArgumentException("no sum of " + type);
        };
    }

    public static Accumulator min(StateMemory memory, GroupRows rows, DataType type) {
        return least(memory, rows, type);
    }

    private static BestValue least(StateMemory memory, GroupRows rows, DataType type) {
        return Kind.of(type) == Kind.UTF8
                ? new TextChoice(memory, rows, Preference.LEAST)
                : new Extreme(rows, type, false);
    }

    public static Accumulator max(StateMemory memory, GroupRows rows, DataType type) {
        return greatest(memory, rows, type);
    }

    private static BestValue greatest(StateMemory memory, GroupRows rows, DataType type) {
        return Kind.of(type) == Kind.UTF8
                ? new TextChoice(memory, rows, Preference.GREATEST)
                : new Extreme(rows, type, true);
    }

    public static Accumulator first(StateMemory memory, GroupRows rows, DataType type) {
        return Kind.of(type) == Kind.UTF8
                ? new TextChoice(memory, rows, Preference.FIRST)
                : new Boundary(rows, type, false);
    }

    /// The value of the first row in which another is the least.
    ///
    /// @param by the type of the other
    public static Accumulator minBy(StateMemory memory, GroupRows rows, DataType type, DataType by) {
        return new BestRow(rows, least(memory, rows, by), latest(memory, rows, type));
    }

    /// As [#minBy], the greatest.
    public static Accumulator maxBy(StateMemory memory, GroupRows rows, DataType type, DataType by) {
        return new BestRow(rows, greatest(memory, rows, by), latest(memory, rows, type));
    }

    public static Accumulator last(StateMemory memory, GroupRows rows, DataType type) {
        return latest(memory, rows, type);
    }

    private static ChosenValue latest(StateMemory memory, GroupRows rows, DataType type) {
        return Kind.of(type) == Kind.UTF8
                ? new TextChoice(memory, rows, Preference.LAST)
                : new Boundary(rows, type, true);
    }

    /// Of FLOAT64.
    public static Accumulator product(GroupRows rows) {
        return new DoubleProduct(rows);
    }

    /// Of FLOAT64; `ddof` is subtracted from the number of values where it divides.
    public static Accumulator variance(GroupRows rows, int ddof) {
        return new Variance(rows, ddof, Variance.Form.VARIANCE);
    }

    /// As [#variance].
    public static Accumulator deviation(GroupRows rows, int ddof) {
        return new Variance(rows, ddof, Variance.Form.DEVIATION);
    }

    /// The standard error of the mean; as [#variance].
    public static Accumulator errorOfMean(GroupRows rows, int ddof) {
        return new Variance(rows, ddof, Variance.Form.ERROR_OF_MEAN);
    }

    /// Of FLOAT64.
    public static Accumulator skewness(GroupRows rows) {
        return new Moments(rows, false);
    }

    /// Of FLOAT64.
    public static Accumulator kurtosis(GroupRows rows) {
        return new Moments(rows, true);
    }

    /// Of pairs of FLOAT64; `ddof` as for [#variance].
    public static Accumulator covariance(GroupRows rows, int ddof) {
        return new Covariance(rows, ddof, false);
    }

    /// Of pairs of FLOAT64.
    public static Accumulator correlation(GroupRows rows) {
        return new Covariance(rows, 0, true);
    }

    /// Of FLOAT64; `fraction` is between 0 and 1.
    public static Accumulator quantile(StateMemory memory, double fraction) {
        return new Quantile(memory, fraction);
    }

    public static Accumulator countDistinct(StateMemory memory, DataType type) {
        return new CountDistinct(memory, type);
    }

    public static Accumulator approximateDistinct(StateMemory memory, GroupRows rows) {
        return new ApproximateDistinct(memory, rows);
    }

    public static Accumulator fold(GroupRows rows, FoldFunction function) {
        return new Fold(rows, function);
    }
}

package io.lazuli.dataframe.internal.operator.aggregate;

import java.util.List;

/// Moments as one would write them in two passes.
public final class CentralMoments {
    private CentralMoments() {}

    /// The sample skewness; null for fewer than three values, or if they do not vary.
    public static Double skewness(List<Object> values) {
        double n = values.size();
        double squares = mean(values, 2);
        return n < 3 || squares == 0
                ? null
                : (Double) (Math.sqrt(n * (n - 1)) / (n - 2) * mean(values, 3) / Math.pow(squares, 1.5));
    }

    /// The excess kurtosis of a sample; null for fewer than four values, or if they do not vary.
    public static Double kurtosis(List<Object> values) {
        double n = values.size();
        double squares = mean(values, 2);
        if (n < 4 || squares == 0) {
            return null;
        }
        double excess = mean(values, 4) / (squares * squares) - 3;
        return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6);
    }

    /// The mean of a power of the differences from the mean.
    private static double mean(List<Object> values, int power) {
        double mean = values.stream().mapToDouble(value -> (Double) value).average().orElse(0);
        return values.stream().mapToDouble(value -> Math.pow((Double) value - mean, power)).average().orElse(0);
    }
}

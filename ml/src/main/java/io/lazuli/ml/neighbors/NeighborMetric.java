package io.lazuli.ml.neighbors;

/// How far rows are from each other.
public enum NeighborMetric {
    /// The root of the sum of squared differences.
    EUCLIDEAN,
    /// The sum of differences.
    MANHATTAN;

    /// What one feature adds to what is compared. Ascends with the difference.
    double term(double difference) {
        return switch (this) {
            case EUCLIDEAN -> difference * difference;
            case MANHATTAN -> Math.abs(difference);
        };
    }

    /// The distance, of what is compared.
    double distance(double sum) {
        return switch (this) {
            case EUCLIDEAN -> Math.sqrt(sum);
            case MANHATTAN -> sum;
        };
    }
}

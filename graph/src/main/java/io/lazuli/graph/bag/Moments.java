package io.lazuli.graph.bag;

/// What many numbers have in common. Those of parts are merged without another pass (Chan, Golub, LeVeque: "Updating formulae
/// and a pairwise algorithm for computing sample variances", 1979).
///
/// @param count             of numbers
/// @param mean              NaN if there are none
/// @param squaredDeviations sum of the squared distances from the mean
/// @param min               positive infinity if there are none, NaN if one of them is
/// @param max               negative infinity if there are none, NaN if one of them is
public record Moments(long count, double sum, double mean, double squaredDeviations, double min, double max) {
    /// Those of no numbers.
    public static final Moments NONE =
            new Moments(0, 0, Double.NaN, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /// Those of these numbers and one more.
    public Moments with(double number) {
        return and(new Moments(1, number, number, 0, number, number));
    }

    /// Those of both.
    public Moments and(Moments other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        long both = count + other.count;
        double distance = other.mean - mean;
        return new Moments(
                both,
                sum + other.sum,
                mean + distance * other.count / both,
                squaredDeviations + other.squaredDeviations
                        + distance * distance * ((double) count * other.count / both),
                Math.min(min, other.min),
                Math.max(max, other.max));
    }

    /// The squared deviations divided by the count less `freedoms`: 0 for all there is, 1 for a sample of it. NaN if there are
    /// not more numbers than that.
    public double variance(int freedoms) {
        return count > freedoms ? squaredDeviations / (count - freedoms) : Double.NaN;
    }

    /// The square root of [#variance].
    public double standardDeviation(int freedoms) {
        return Math.sqrt(variance(freedoms));
    }
}

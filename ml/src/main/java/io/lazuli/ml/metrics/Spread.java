package io.lazuli.ml.metrics;

/// How far numbers lie from their mean. Merged as in Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing
/// sample variances" (1979).
///
/// @param squares the sum of squared distances from the mean, by weight
record Spread(double weight, double mean, double squares) {
    static final Spread NONE = new Spread(0, 0, 0);

    static Spread of(double[] values, double[] weights, int length) {
        double weight = 0;
        double total = 0;
        for (int row = 0; row < length; row++) {
            weight += weights[row];
            total += weights[row] * values[row];
        }
        if (weight == 0) {
            return NONE;
        }
        double mean = total / weight;
        double squares = 0;
        for (int row = 0; row < length; row++) {
            double distance = values[row] - mean;
            squares += weights[row] * distance * distance;
        }
        return new Spread(weight, mean, squares);
    }

    static Spread merge(Spread left, Spread right) {
        if (left.weight == 0 || right.weight == 0) {
            return left.weight == 0 ? right : left;
        }
        double weight = left.weight + right.weight;
        double distance = right.mean - left.mean;
        return new Spread(
                weight, left.mean + distance * (right.weight / weight),
                left.squares + right.squares + distance * distance * (left.weight * right.weight / weight));
    }
}

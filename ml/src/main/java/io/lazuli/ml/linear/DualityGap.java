package io.lazuli.ml.linear;

import io.lazuli.ml.internal.numeric.CoordinateDescent;

/// How much an elastic net can become better at most: what it costs, less what a feasible point of the dual problem says that any costs at
/// least.
///
/// **Source.** Kim, Koh, Lustig, Boyd and Gorinevsky, "An interior-point method for large-scale l1-regularized least squares" (2007).
///
/// @param absolute     what the absolute value of a coefficient costs
/// @param squared      what half the square of a coefficient costs
/// @param products     of features with the target
/// @param targetSquare the target's product with itself
record DualityGap(double absolute, double squared, double[] products, double targetSquare) {
    double of(CoordinateDescent descent) {
        double[] coefficients = descent.coefficients();
        double[] rest = descent.rest();
        double explained = 0;
        double fitted = 0;
        double squares = 0;
        double sum = 0;
        double steepest = 0;
        for (int j = 0; j < coefficients.length; j++) {
            explained += coefficients[j] * products[j];
            fitted += coefficients[j] * (products[j] - rest[j] - squared * coefficients[j]);
            squares += coefficients[j] * coefficients[j];
            sum += Math.abs(coefficients[j]);
            steepest = Math.max(steepest, Math.abs(rest[j]));
        }
        double residualSquare = Math.max(0, targetSquare - 2 * explained + fitted);
        double shrunk = steepest > absolute ? absolute / steepest : 1;
        return residualSquare * (1 + shrunk * shrunk) / 2 + absolute * sum - shrunk * (targetSquare - explained)
                + squared * (1 + shrunk * shrunk) / 2 * squares;
    }
}

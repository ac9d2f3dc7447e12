package io.lazuli.ml.internal.numeric;

import java.util.Arrays;

/// Columns as a search for coefficients sees them: moved to mean 0 and scaled to variance 1, so that it comes to its end soon whatever their
/// units are, and loses no digits to large means. Columns that are constant become 0. Where small coefficients are asked for, a column that
/// varies little is not scaled up as far: otherwise the search would be about its penalty.
///
/// @param factors by column; 0 for those that are constant
public record Standardization(double[] means, double[] factors) {
    /// A spread below this share of the mean is rounding.
    private static final double ROUNDING = 1e-13;

    /// @param penalty what the penalty is worth as variance of a column; 0 if there is none
    public static Standardization of(ColumnMoments moments, double penalty) {
        double[] factors = new double[moments.means().length];
        Arrays.setAll(factors, j -> {
            double variance = moments.squares()[j] / moments.weight();
            boolean isConstant = Math.sqrt(variance) <= ROUNDING * Math.abs(moments.means()[j]);
            return isConstant ? 0 : 1 / Math.sqrt(variance + penalty);
        });
        return new Standardization(moments.means(), factors);
    }

    /// For models without an intercept, which leave no choice of the mean.
    public static Standardization aboutZero(ColumnMoments moments, double penalty) {
        double[] factors = new double[moments.means().length];
        Arrays.setAll(factors, j -> {
            double mean = moments.means()[j];
            double square = moments.squares()[j] / moments.weight() + mean * mean;
            return square == 0 ? 0 : 1 / Math.sqrt(square + penalty);
        });
        return new Standardization(new double[factors.length], factors);
    }

    public int columnCount() {
        return means.length;
    }

    /// Overwrites columns with what the search sees.
    public void apply(double[][] columns, int length) {
        for (int j = 0; j < means.length; j++) {
            apply(columns[j], means[j], factors[j], length);
        }
    }

    private static void apply(double[] column, double mean, double factor, int length) {
        for (int row = 0; row < length; row++) {
            column[row] = (column[row] - mean) * factor;
        }
    }

    /// The coefficients of the columns as they are.
    ///
    /// @param found those of standardised columns, from `start` on
    public double[] coefficients(double[] found, int start) {
        double[] coefficients = new double[means.length];
        Arrays.setAll(coefficients, j -> found[start + j] * factors[j]);
        return coefficients;
    }

    /// The intercept of the columns as they are.
    public double intercept(double found, double[] coefficients) {
        double intercept = found;
        for (int j = 0; j < means.length; j++) {
            intercept -= coefficients[j] * means[j];
        }
        return intercept;
    }
}

package io.lazuli.ml.internal.numeric;

/// Makes probabilities of scores, which are their logarithms but for something that all of a row have in common.
///
/// Used by one thread at a time.
public final class Softmax {
    private final Exponentials exponentials = new Exponentials();
    private double[] sums = {};

    /// Replaces scores by probabilities.
    ///
    /// @param scores by class, then row; at least one
    public void apply(double[][] scores, int length) {
        subtractGreatest(scores, length);
        normalize(scores, length);
    }

    /// Replaces the score of the second of two classes over the first, `second`, by the probabilities of both.
    public void applyToOdds(double[] first, double[] second, int length) {
        for (int row = 0; row < length; row++) {
            first[row] = -second[row];
        }
        exponentials.exp(first, length);
        for (int row = 0; row < length; row++) {
            second[row] = 1 / (1 + first[row]);
            first[row] *= second[row];
        }
    }

    /// Subtracts from the scores of a row the greatest of them.
    public void subtractGreatest(double[][] scores, int length) {
        double[] greatest = room(length);
        System.arraycopy(scores[0], 0, greatest, 0, length);
        for (int c = 1; c < scores.length; c++) {
            max(scores[c], length, greatest);
        }
        for (double[] ofClass : scores) {
            subtract(greatest, length, ofClass);
        }
    }

    /// Replaces scores, none of which is above 0, by probabilities. Returns what the exponentials of each row added up to; borrowed until
    /// the next call.
    public double[] normalize(double[][] scores, int length) {
        double[] sum = room(length);
        exponentials.exp(scores[0], length);
        System.arraycopy(scores[0], 0, sum, 0, length);
        for (int c = 1; c < scores.length; c++) {
            exponentials.exp(scores[c], length);
            add(scores[c], length, sum);
        }
        for (double[] ofClass : scores) {
            divide(sum, length, ofClass);
        }
        return sum;
    }

    private double[] room(int length) {
        if (sums.length < length) {
            sums = new double[length];
        }
        return sums;
    }

    private static void max(double[] values, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] = Math.max(into[row], values[row]);
        }
    }

    private static void subtract(double[] values, int length, double[] from) {
        for (int row = 0; row < length; row++) {
            from[row] -= values[row];
        }
    }

    private static void add(double[] values, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] += values[row];
        }
    }

    private static void divide(double[] by, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] /= by[row];
        }
    }
}

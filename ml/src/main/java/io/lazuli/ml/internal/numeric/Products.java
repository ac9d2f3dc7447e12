package io.lazuli.ml.internal.numeric;

/// Sums of products. Rows are taken [#WIDTH] at a time into that many sums, which the compiler turns into vector instructions where it
/// would leave a single sum alone, as it may not change the order of additions. The order depends on nothing but the length.
///
/// Used by one thread at a time.
public final class Products {
    private static final int WIDTH = 256;

    private final double[] sums = new double[WIDTH];

    /// The sum of `left[i] * right[i]`.
    public double dot(double[] left, double[] right, int length) {
        int blocks = length / WIDTH;
        if (blocks == 0) {
            return dotRest(left, right, 0, length);
        }
        multiply(left, right, sums);
        for (int block = 1; block < blocks; block++) {
            addProducts(left, right, block * WIDTH, sums);
        }
        return fold(sums) + dotRest(left, right, blocks * WIDTH, length);
    }

    private static void multiply(double[] left, double[] right, double[] sums) {
        for (int i = 0; i < WIDTH; i++) {
            sums[i] = left[i] * right[i];
        }
    }

    private static void addProducts(double[] left, double[] right, int start, double[] sums) {
        for (int i = 0; i < WIDTH; i++) {
            sums[i] += left[start + i] * right[start + i];
        }
    }

    /// Adds up the sums pairwise. Overwrites them.
    private static double fold(double[] sums) {
        for (int half = WIDTH / 2; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] += sums[half + i];
            }
        }
        return sums[0];
    }

    private static double dotRest(double[] left, double[] right, int start, int end) {
        double sum = 0;
        for (int i = start; i < end; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    public static double sum(double[] values, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += values[i];
        }
        return sum;
    }

    public static void subtract(double[] values, double amount, int length) {
        for (int i = 0; i < length; i++) {
            values[i] -= amount;
        }
    }

    /// Writes each of the first `count` columns times `factors` to `into`, where arrays are made that are too short.
    public static void multiply(double[][] columns, int count, double[] factors, int length, double[][] into) {
        for (int j = 0; j < count; j++) {
            if (into[j].length < length) {
                into[j] = new double[length];
            }
            multiply(columns[j], factors, length, into[j]);
        }
    }

    private static void multiply(double[] column, double[] factors, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] = column[row] * factors[row];
        }
    }

    public static boolean isOnes(double[] values, int length) {
        for (int i = 0; i < length; i++) {
            if (values[i] != 1) {
                return false;
            }
        }
        return true;
    }
}

package io.lazuli.ml.internal.numeric;

import java.util.Arrays;

/// How far rows lie along directions.
public final class Projection {
    private static final int WIDTH = 4;

    private Projection() {}

    /// Writes `sum of direction * (column - center)` for each row. Four columns at a time, so that what is summed is loaded and stored once
    /// for these.
    public static void project(double[][] columns, double[] center, double[] direction, int length, double[] into) {
        Arrays.fill(into, 0, length, 0);
        int j = 0;
        for (; j + WIDTH <= direction.length; j += WIDTH) {
            add(
                    columns[j], center[j], direction[j], columns[j + 1], center[j + 1], direction[j + 1],
                    columns[j + 2], center[j + 2], direction[j + 2], columns[j + 3], center[j + 3], direction[j + 3],
                    length, into);
        }
        for (; j < direction.length; j++) {
            add(columns[j], center[j], direction[j], length, into);
        }
    }

    private static void add(
            double[] column0, double center0, double factor0, double[] column1, double center1, double factor1,
            double[] column2, double center2, double factor2, double[] column3, double center3, double factor3,
            int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] += (factor0 * (column0[row] - center0) + factor1 * (column1[row] - center1))
                    + (factor2 * (column2[row] - center2) + factor3 * (column3[row] - center3));
        }
    }

    private static void add(double[] column, double center, double factor, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] += factor * (column[row] - center);
        }
    }
}

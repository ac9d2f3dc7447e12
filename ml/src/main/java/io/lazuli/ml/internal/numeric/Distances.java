package io.lazuli.ml.internal.numeric;

import java.util.Arrays;

/// How far rows lie from a point. Sums are of differences, so that large means cost no digits.
public final class Distances {
    private static final int WIDTH = 4;

    private Distances() {}

    /// Writes the sum of `(columns[j] - point[j])²` for each row. Four columns at a time, so that what is summed is loaded and stored once
    /// for these.
    public static void squared(double[][] columns, double[] point, int length, double[] into) {
        Arrays.fill(into, 0, length, 0);
        int j = 0;
        for (; j + WIDTH <= point.length; j += WIDTH) {
            addSquares(
                    columns[j], point[j], columns[j + 1], point[j + 1], columns[j + 2], point[j + 2], columns[j + 3],
                    point[j + 3], length, into);
        }
        for (; j < point.length; j++) {
            addSquares(columns[j], point[j], length, into);
        }
    }

    private static void addSquares(
            double[] column0, double point0, double[] column1, double point1, double[] column2, double point2,
            double[] column3, double point3, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            double a = column0[row] - point0;
            double b = column1[row] - point1;
            double c = column2[row] - point2;
            double d = column3[row] - point3;
            into[row] += (a * a + b * b) + (c * c + d * d);
        }
    }

    private static void addSquares(double[] column, double point, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            double a = column[row] - point;
            into[row] += a * a;
        }
    }

    /// Writes the sum of `|columns[j] - point[j]|` for each row.
    public static void absolute(double[][] columns, double[] point, int length, double[] into) {
        Arrays.fill(into, 0, length, 0);
        for (int j = 0; j < point.length; j++) {
            addAbsolutes(columns[j], point[j], length, into);
        }
    }

    private static void addAbsolutes(double[] column, double point, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] += Math.abs(column[row] - point);
        }
    }
}

package io.lazuli.ml.internal.numeric;

import java.util.Arrays;

/// Sums of products of columns over rows. Many sums are kept at once in scalars, as processors add to many of them in the time that they
/// add to one, and a value that was loaded takes part in several. The compiler does not turn such sums into vector instructions, which would
/// add in another order; measured, sixteen at a time take a third of the time of one sum after the other.
///
/// The order of additions depends on nothing but the number of rows.
public final class ColumnProducts {
    private static final int SQUARE = 4;
    private static final int WIDE = 8;

    private ColumnProducts() {}

    /// Adds the sum of `left[i] * right[j]` to `into[i][j]` for all `j` up to `i`.
    ///
    /// @param left  as many columns as `right`, or the same, such that products with those before are symmetric
    /// @param into  a lower triangle
    public static void addTriangle(double[][] left, double[][] right, int count, int length, double[][] into) {
        double[] sums = new double[SQUARE * SQUARE];
        for (int i = 0; i < count; i += SQUARE) {
            for (int j = 0; j <= i; j += SQUARE) {
                Arrays.fill(sums, 0);
                addSquare(left, right, i, j, count - 1, length, sums);
                for (int a = 0; a < SQUARE && i + a < count; a++) {
                    for (int b = 0; b < SQUARE && j + b <= i + a; b++) {
                        into[i + a][j + b] += sums[a * SQUARE + b];
                    }
                }
            }
        }
    }

    /// Columns behind the last one stand for it: their sums are not used.
    private static void addSquare(
            double[][] left, double[][] right, int i, int j, int last, int length, double[] sums) {
        addSquare(
                left[i], left[Math.min(i + 1, last)], left[Math.min(i + 2, last)], left[Math.min(i + 3, last)],
                right[j], right[Math.min(j + 1, last)], right[Math.min(j + 2, last)], right[Math.min(j + 3, last)],
                length, sums);
    }

    private static void addSquare(
            double[] left0, double[] left1, double[] left2, double[] left3, double[] right0, double[] right1,
            double[] right2, double[] right3, int length, double[] sums) {
        double sum00 = 0, sum01 = 0, sum02 = 0, sum03 = 0;
        double sum10 = 0, sum11 = 0, sum12 = 0, sum13 = 0;
        double sum20 = 0, sum21 = 0, sum22 = 0, sum23 = 0;
        double sum30 = 0, sum31 = 0, sum32 = 0, sum33 = 0;
        for (int row = 0; row < length; row++) {
            double a = left0[row], b = left1[row], c = left2[row], d = left3[row];
            double w = right0[row], x = right1[row], y = right2[row], z = right3[row];
            sum00 = Math.fma(a, w, sum00);
            sum01 = Math.fma(a, x, sum01);
            sum02 = Math.fma(a, y, sum02);
            sum03 = Math.fma(a, z, sum03);
            sum10 = Math.fma(b, w, sum10);
            sum11 = Math.fma(b, x, sum11);
            sum12 = Math.fma(b, y, sum12);
            sum13 = Math.fma(b, z, sum13);
            sum20 = Math.fma(c, w, sum20);
            sum21 = Math.fma(c, x, sum21);
            sum22 = Math.fma(c, y, sum22);
            sum23 = Math.fma(c, z, sum23);
            sum30 = Math.fma(d, w, sum30);
            sum31 = Math.fma(d, x, sum31);
            sum32 = Math.fma(d, y, sum32);
            sum33 = Math.fma(d, z, sum33);
        }
        sums[0] = sum00;
        sums[1] = sum01;
        sums[2] = sum02;
        sums[3] = sum03;
        sums[4] = sum10;
        sums[5] = sum11;
        sums[6] = sum12;
        sums[7] = sum13;
        sums[8] = sum20;
        sums[9] = sum21;
        sums[10] = sum22;
        sums[11] = sum23;
        sums[12] = sum30;
        sums[13] = sum31;
        sums[14] = sum32;
        sums[15] = sum33;
    }

    /// Adds the sum of `columns[j] * vector` to `into[start + j]` for each of the first `count` columns.
    public static void add(double[][] columns, int count, double[] vector, int length, double[] into, int start) {
        double[] sums = new double[WIDE];
        for (int j = 0; j < count; j += WIDE) {
            addWide(columns, j, count - 1, vector, length, sums);
            for (int a = 0; a < WIDE && j + a < count; a++) {
                into[start + j + a] += sums[a];
            }
        }
    }

    private static void addWide(double[][] columns, int j, int last, double[] vector, int length, double[] sums) {
        addWide(
                columns[j], columns[Math.min(j + 1, last)], columns[Math.min(j + 2, last)],
                columns[Math.min(j + 3, last)], columns[Math.min(j + 4, last)], columns[Math.min(j + 5, last)],
                columns[Math.min(j + 6, last)], columns[Math.min(j + 7, last)], vector, length, sums);
    }

    private static void addWide(
            double[] column0, double[] column1, double[] column2, double[] column3, double[] column4,
            double[] column5, double[] column6, double[] column7, double[] vector, int length, double[] sums) {
        double sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0, sum4 = 0, sum5 = 0, sum6 = 0, sum7 = 0;
        for (int row = 0; row < length; row++) {
            double value = vector[row];
            sum0 = Math.fma(column0[row], value, sum0);
            sum1 = Math.fma(column1[row], value, sum1);
            sum2 = Math.fma(column2[row], value, sum2);
            sum3 = Math.fma(column3[row], value, sum3);
            sum4 = Math.fma(column4[row], value, sum4);
            sum5 = Math.fma(column5[row], value, sum5);
            sum6 = Math.fma(column6[row], value, sum6);
            sum7 = Math.fma(column7[row], value, sum7);
        }
        sums[0] = sum0;
        sums[1] = sum1;
        sums[2] = sum2;
        sums[3] = sum3;
        sums[4] = sum4;
        sums[5] = sum5;
        sums[6] = sum6;
        sums[7] = sum7;
    }

    /// Adds the sum of `coefficients[start + j] * columns[j]` over the first `count` columns to each row of `into`.
    public static void combine(
            double[][] columns, int count, double[] coefficients, int start, int length, double[] into) {
        int j = 0;
        for (; j + SQUARE <= count; j += SQUARE) {
            combine(
                    columns[j], coefficients[start + j], columns[j + 1], coefficients[start + j + 1], columns[j + 2],
                    coefficients[start + j + 2], columns[j + 3], coefficients[start + j + 3], length, into);
        }
        for (; j < count; j++) {
            combine(columns[j], coefficients[start + j], length, into);
        }
    }

    private static void combine(
            double[] column0, double factor0, double[] column1, double factor1, double[] column2, double factor2,
            double[] column3, double factor3, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] += (factor0 * column0[row] + factor1 * column1[row])
                    + (factor2 * column2[row] + factor3 * column3[row]);
        }
    }

    private static void combine(double[] column, double factor, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] += factor * column[row];
        }
    }
}

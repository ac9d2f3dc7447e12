package io.lazuli.ml.internal.ejml;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/// The triangle that orthogonal transformations make of rows: it has their products, and twice the digits that the products have. Rows are
/// added to it a tile at a time.
///
/// **Source.** Demmel, Grigori, Hoemmen and Langou, "Communication-optimal parallel and sequential QR and LU factorizations" (2012).
public final class OrthogonalTriangle {
    /// Of a variable's length, what the others leave over at least: below, it is a sum of them up to rounding.
    private static final double LEAST_REST = 1e-13;

    private OrthogonalTriangle() {}

    /// Of no rows.
    public static double[][] of(int variableCount) {
        return new double[variableCount][variableCount];
    }

    /// Of the rows of a triangle and of others.
    ///
    /// @param variables by variable, then row
    public static double[][] add(double[][] triangle, double[][] variables, int length) {
        int width = triangle.length;
        DMatrixRMaj rows = new DMatrixRMaj(width + length, width);
        for (int i = 0; i < width; i++) {
            System.arraycopy(triangle[i], 0, rows.data, i * width, width);
        }
        for (int j = 0; j < width; j++) {
            for (int row = 0; row < length; row++) {
                rows.data[(width + row) * width + j] = variables[j][row];
            }
        }
        return triangle(rows);
    }

    /// Of the rows of both.
    public static double[][] merge(double[][] left, double[][] right) {
        int width = left.length;
        double[][] columns = new double[width][width];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                columns[j][i] = right[i][j];
            }
        }
        return add(left, columns, width);
    }

    private static double[][] triangle(DMatrixRMaj rows) {
        QRDecomposition<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.qr(rows.numRows, rows.numCols);
        decomposition.decompose(rows);
        DMatrixRMaj found = decomposition.getR(null, true);
        double[][] triangle = new double[rows.numCols][];
        Arrays.setAll(triangle, i -> Arrays.copyOfRange(found.data, i * rows.numCols, (i + 1) * rows.numCols));
        return triangle;
    }

    /// The factors of variables whose sum is nearest to the last variable; the shortest such factors if there are many.
    public static double[] nearest(double[][] triangle) {
        int count = triangle.length - 1;
        return isIndependent(triangle, count) ? backwards(triangle, count) : shortest(triangle, count);
    }

    private static boolean isIndependent(double[][] triangle, int count) {
        for (int j = 0; j < count; j++) {
            double square = 0;
            for (int i = 0; i <= j; i++) {
                square += triangle[i][j] * triangle[i][j];
            }
            if (!(Math.abs(triangle[j][j]) > LEAST_REST * Math.sqrt(square))) {
                return false;
            }
        }
        return true;
    }

    private static double[] backwards(double[][] triangle, int count) {
        double[] factors = new double[count];
        for (int i = count - 1; i >= 0; i--) {
            double rest = triangle[i][count];
            for (int j = i + 1; j < count; j++) {
                rest -= triangle[i][j] * factors[j];
            }
            factors[i] = rest / triangle[i][i];
        }
        return factors;
    }

    /// By singular values, of which those are left out that are 0 up to rounding.
    private static double[] shortest(double[][] triangle, int count) {
        DMatrixRMaj matrix = new DMatrixRMaj(count, count);
        for (int i = 0; i < count; i++) {
            System.arraycopy(triangle[i], 0, matrix.data, i * count, count);
        }
        SingularValueDecomposition_F64<DMatrixRMaj> parts =
                DecompositionFactory_DDRM.svd(count, count, true, true, false);
        parts.decompose(matrix);
        DMatrixRMaj left = parts.getU(null, false);
        DMatrixRMaj right = parts.getV(null, false);
        double[] values = parts.getSingularValues();
        double greatest = Arrays.stream(values).max().orElse(0);
        double[] factors = new double[count];
        for (int k = 0; k < count; k++) {
            if (values[k] > LEAST_REST * greatest) {
                double share = 0;
                for (int i = 0; i < count; i++) {
                    share += left.get(i, k) * triangle[i][count];
                }
                for (int j = 0; j < count; j++) {
                    factors[j] += share / values[k] * right.get(j, k);
                }
            }
        }
        return factors;
    }
}

package io.lazuli.ml.internal.ejml;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Eigenvectors of a symmetric matrix that has no negative eigenvalues, the one of the greatest eigenvalue first. Of each, the component
/// that is farthest from 0 is positive, the first of those that are as far.
///
/// @param values  not below 0
/// @param vectors of length 1
public record PrincipalAxes(double[] values, double[][] vectors) {
    /// Components that are as far from 0 but for rounding, in proportion.
    private static final double EQUALLY_FAR = 1e-9;

    /// @param matrix finite; its lower triangle is read
    public static PrincipalAxes of(double[][] matrix) {
        int n = matrix.length;
        DMatrixRMaj square = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                square.set(i, j, matrix[i][j]);
                square.set(j, i, matrix[i][j]);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(n, true, true);
        if (!decomposition.decompose(square)) {
            throw new ArithmeticException("the eigenvalues of a symmetric matrix were not found");
        }
        double[] found = IntStream.range(0, n).mapToDouble(i -> decomposition.getEigenvalue(i).getReal()).toArray();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -found[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new PrincipalAxes(
                Arrays.stream(order).mapToDouble(i -> Math.max(0, found[i])).toArray(),
                Arrays.stream(order)
                        .mapToObj(i -> upward(decomposition.getEigenVector(i).data))
                        .toArray(double[][]::new));
    }

    private static double[] upward(double[] vector) {
        double farthest = Arrays.stream(vector).map(Math::abs).max().orElse(0);
        double first = Arrays.stream(vector)
                .filter(component -> Math.abs(component) >= farthest * (1 - EQUALLY_FAR))
                .findFirst()
                .orElse(0);
        return Arrays.stream(vector).map(component -> first < 0 ? -component : component).toArray();
    }
}

package io.lazuli.ml.internal.ejml;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Eigenvalues of a symmetric matrix, the greatest first, and their directions.
///
/// @param vectors by eigenvalue: of length 1, the component that is farthest from 0 above it, the first of those that are as far
public record Spectrum(double[] values, double[][] vectors) {
    /// Components that are as far from 0 but for rounding, in proportion.
    private static final double EQUALLY_FAR = 1e-9;

    public static Spectrum of(double[][] symmetric) {
        int n = symmetric.length;
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(n, true, true);
        if (n == 0 || !decomposition.decompose(new DMatrixRMaj(symmetric))) {
            return new Spectrum(new double[0], new double[0][]);
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -decomposition.getEigenvalue(i).getReal()))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = Arrays.stream(order).mapToDouble(i -> decomposition.getEigenvalue(i).getReal()).toArray();
        double[][] vectors = Arrays.stream(order)
                .mapToObj(i -> upward(decomposition.getEigenVector(i).data))
                .toArray(double[][]::new);
        return new Spectrum(values, vectors);
    }

    private static double[] upward(double[] vector) {
        double farthest = Arrays.stream(vector).map(Math::abs).max().orElse(0);
        double first = Arrays.stream(vector)
                .filter(component -> Math.abs(component) >= farthest * (1 - EQUALLY_FAR))
                .findFirst()
                .orElse(0);
        double sign = first < 0 ? -1 : 1;
        return Arrays.stream(vector).map(component -> sign * component).toArray();
    }
}

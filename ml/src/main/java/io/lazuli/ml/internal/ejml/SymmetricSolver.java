package io.lazuli.ml.internal.ejml;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// Solves systems whose matrix is symmetric and has no negative eigenvalues. Rows and columns are scaled to a diagonal of ones first, so that
/// the units of variables do not matter.
public final class SymmetricSolver {
    /// Of a variable's square, what the others leave over at least: below, the matrix has no inverse up to rounding.
    private static final double LEAST_REST = 1e-13;
    /// What is added to a diagonal of ones of a matrix without an inverse, first and last.
    private static final double LEAST_DAMPING = 1e-9;
    private static final double MOST_DAMPING = 1;

    private SymmetricSolver() {}

    /// The solution of `left * x = right`; the shortest one if there are many.
    public static double[] solve(double[][] left, double[] right) {
        return solve(left, right, LEAST_REST).orElseGet(() -> shortest(left, right));
    }

    /// The solution of `left * x = right`, if the matrix is well conditioned.
    ///
    /// @param leastRest what the others leave over of each variable's square at least, such as 1e-6 for all but about ten of the digits that
    ///                  doubles have
    public static Optional<double[]> solve(double[][] left, double[] right, double leastRest) {
        return cholesky(left, right, 0, leastRest);
    }

    /// The solution of `left * x = right`; of a system that is nearly the same, if there are many; 0 if the matrix is not finite.
    public static double[] solveDamped(double[][] left, double[] right) {
        Optional<double[]> solution = solve(left, right, LEAST_REST);
        for (double damping = LEAST_DAMPING; solution.isEmpty() && damping <= MOST_DAMPING; damping *= 10) {
            solution = cholesky(left, right, damping, 0);
        }
        return solution.orElseGet(() -> new double[right.length]);
    }

    private static Optional<double[]> cholesky(double[][] left, double[] right, double damping, double leastRest) {
        int n = right.length;
        double[] units = new double[n];
        for (int i = 0; i < n; i++) {
            units[i] = left[i][i] > 0 ? 1 / Math.sqrt(left[i][i]) : 0;
        }
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix.data[i * n + j] = left[i][j] * units[i] * units[j];
            }
            matrix.data[i * n + i] += damping;
            solution[i] = right[i] * units[i];
        }
        CholeskyDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.chol(n, true);
        if (!decomposition.decompose(matrix)) {
            return Optional.empty();
        }
        DMatrixRMaj triangle = decomposition.getT(null);
        for (int i = 0; i < n; i++) {
            double rest = triangle.data[i * n + i] * triangle.data[i * n + i];
            if (!(rest > leastRest)) {
                return Optional.empty();
            }
        }
        TriangularSolver_DDRM.solveL(triangle.data, solution, n);
        TriangularSolver_DDRM.solveTranL(triangle.data, solution, n);
        for (int i = 0; i < n; i++) {
            solution[i] *= units[i];
        }
        return Optional.of(solution);
    }

    private static double[] shortest(double[][] left, double[] right) {
        int n = right.length;
        DMatrixRMaj solution = new DMatrixRMaj(n, 1);
        LinearSolverDense<DMatrixRMaj> pseudo = LinearSolverFactory_DDRM.pseudoInverse(true);
        pseudo.setA(new DMatrixRMaj(left));
        pseudo.solve(new DMatrixRMaj(n, 1, true, right.clone()), solution);
        return solution.data;
    }
}

package io.lazuli.ml.internal.ejml;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// Solves systems whose matrix is symmetric and has no negative eigenvalues.
public final class SymmetricSolver {
    private SymmetricSolver() {}

    /// The solution of `left * x = right`; the shortest one if there are many.
    public static double[] solve(double[][] left, double[] right) {
        int n = right.length;
        DMatrixRMaj matrix = new DMatrixRMaj(left);
        DMatrixRMaj target = new DMatrixRMaj(n, 1, true, right.clone());
        DMatrixRMaj solution = new DMatrixRMaj(n, 1);
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(n);
        if (cholesky.setA(matrix.copy()) && cholesky.quality() > 1e-13) {
            cholesky.solve(target, solution);
            return solution.data;
        }
        LinearSolverDense<DMatrixRMaj> pseudo = LinearSolverFactory_DDRM.pseudoInverse(true);
        pseudo.setA(matrix);
        pseudo.solve(target, solution);
        return solution.data;
    }
}

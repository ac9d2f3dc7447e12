package io.lazuli.ml.linear;

import io.lazuli.ml.internal.numeric.Descent;

/// How a search for coefficients ended.
///
/// @param iterations steps that it took
/// @param reached    what is compared with the tolerance, at the last point that was looked at; NaN where that is not known
/// @param converged  whether there is nothing better, as far as the tolerance asks for or as doubles tell
public record Convergence(int iterations, double reached, boolean converged) {
    /// Of what is solved without a search.
    static final Convergence EXACT = new Convergence(0, 0, true);

    private static final System.Logger LOGGER = System.getLogger(Convergence.class.getName());

    /// Says so in the log if it did not end well.
    static Convergence of(String estimator, int iterations, double reached, double tol, boolean converged) {
        if (!converged) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0} stopped after {1} iterations at {2}, above its tolerance of {3}. Allow more with withMaxIter,"
                            + " or penalise more.",
                    estimator, iterations, Double.toString(reached), Double.toString(tol));
        }
        return new Convergence(iterations, reached, converged);
    }

    static Convergence of(String estimator, Descent.Found found, double tol) {
        return of(estimator, found.iterations(), found.greatestSlope(), tol, found.isConverged());
    }
}

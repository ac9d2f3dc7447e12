package io.lazuli.ml.linear;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;

/// Means of counts, whose logarithms are linear: makes the mean of half the Poisson deviance and `alpha / 2` times the squared length of the
/// coefficients together as small as can be. The intercept is not penalised. Targets are not negative, and need not be whole.
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass for means and spreads; then, with few features, about seven passes of Newton's method, each of which multiplies all
/// features with each other; else 20 to 100 of L-BFGS, which does not.
///
/// **Errors.** DATA if a target is below 0. A search that ends early only says so, in the model and in the log.
///
/// **Source.** scikit-learn `PoissonRegressor`; `tol` is compared with the gradient by features in units of their spread.
///
/// @param tol     greatest component of the gradient with which the search may end
/// @param maxIter steps after which the search ends anyhow
public record PoissonRegressor(double alpha, boolean fitIntercept, double tol,
        int maxIter) implements Estimator<PoissonModel> {
    public static final Param<PoissonRegressor, Double> ALPHA =
            Param.of(PoissonRegressor.class, "alpha", PoissonRegressor::alpha, PoissonRegressor::withAlpha);
    public static final Param<PoissonRegressor, Boolean> FIT_INTERCEPT = Param.of(
            PoissonRegressor.class, "fit_intercept", PoissonRegressor::fitIntercept,
            PoissonRegressor::withFitIntercept);

    public PoissonRegressor {
        MlErrors.checkNotNegative("alpha", alpha);
        MlErrors.checkPositive("tol", tol);
        MlErrors.checkAtLeastOne("max_iter", maxIter);
    }

    public PoissonRegressor() {
        this(1, true, 1e-4, 100);
    }

    public PoissonRegressor withAlpha(double alpha) {
        return new PoissonRegressor(alpha, fitIntercept, tol, maxIter);
    }

    public PoissonRegressor withFitIntercept(boolean fitIntercept) {
        return new PoissonRegressor(alpha, fitIntercept, tol, maxIter);
    }

    public PoissonRegressor withTol(double tol) {
        return new PoissonRegressor(alpha, fitIntercept, tol, maxIter);
    }

    public PoissonRegressor withMaxIter(int maxIter) {
        return new PoissonRegressor(alpha, fitIntercept, tol, maxIter);
    }

    @Override
    public Lazy<PoissonModel> plan(Dataset data) {
        return data.regression(name()).fit(new PoissonFit(alpha, fitIntercept, tol, maxIter));
    }
}

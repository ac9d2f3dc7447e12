package io.lazuli.ml.linear;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;

/// Least squares with a penalty of absolute values, which makes many coefficients 0: an [ElasticNet] without squares.
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass, which fits with other penalties share, and those of [Ridge].
///
/// **Errors.** A search that ends early only says so, in the model and in the log.
///
/// **Source.** scikit-learn `Lasso`; Tibshirani, "Regression shrinkage and selection via the lasso" (1996).
///
/// @param tol     as in [ElasticNet]
/// @param maxIter as in [ElasticNet]
public record Lasso(double alpha, boolean fitIntercept, double tol, int maxIter) implements Estimator<LinearModel> {
    public static final Param<Lasso, Double> ALPHA = Param.of(Lasso.class, "alpha", Lasso::alpha, Lasso::withAlpha);
    public static final Param<Lasso, Boolean> FIT_INTERCEPT =
            Param.of(Lasso.class, "fit_intercept", Lasso::fitIntercept, Lasso::withFitIntercept);

    public Lasso {
        MlErrors.checkNotNegative("alpha", alpha);
        MlErrors.checkPositive("tol", tol);
        MlErrors.checkAtLeastOne("max_iter", maxIter);
    }

    public Lasso() {
        this(1, true, 1e-4, 1000);
    }

    public Lasso withAlpha(double alpha) {
        return new Lasso(alpha, fitIntercept, tol, maxIter);
    }

    public Lasso withFitIntercept(boolean fitIntercept) {
        return new Lasso(alpha, fitIntercept, tol, maxIter);
    }

    public Lasso withTol(double tol) {
        return new Lasso(alpha, fitIntercept, tol, maxIter);
    }

    public Lasso withMaxIter(int maxIter) {
        return new Lasso(alpha, fitIntercept, tol, maxIter);
    }

    @Override
    public Lazy<LinearModel> plan(Dataset data) {
        return new ElasticNet(alpha, 1, fitIntercept, tol, maxIter).plan(data, name());
    }
}

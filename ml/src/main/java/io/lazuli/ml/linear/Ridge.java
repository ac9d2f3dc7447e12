package io.lazuli.ml.linear;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.ejml.SymmetricSolver;

/// Least squares with a penalty of `alpha` times the squared length of the coefficients; the intercept is not penalised.
///
/// **Cost.** One pass, which fits with other values of `alpha` share.
///
/// **Source.** scikit-learn `Ridge`.
public record Ridge(double alpha, boolean fitIntercept) implements Estimator<LinearModel> {
    public static final Param<Ridge, Double> ALPHA = Param.of(Ridge.class, "alpha", Ridge::alpha, Ridge::withAlpha);
    public static final Param<Ridge, Boolean> FIT_INTERCEPT =
            Param.of(Ridge.class, "fit_intercept", Ridge::fitIntercept, Ridge::withFitIntercept);

    public Ridge {
        MlErrors.checkNotNegative("alpha", alpha);
    }

    public Ridge() {
        this(1, true);
    }

    public Ridge withAlpha(double alpha) {
        return new Ridge(alpha, fitIntercept);
    }

    public Ridge withFitIntercept(boolean fitIntercept) {
        return new Ridge(alpha, fitIntercept);
    }

    @Override
    public Lazy<LinearModel> plan(Dataset data) {
        return data.regression(name()).fit(new RegressionSums()).then(name(), new Solve(alpha, fitIntercept));
    }

    private record Solve(double alpha, boolean fitIntercept) implements Function1<RegressionSums.Result, LinearModel> {
        @Override
        public LinearModel apply(RegressionSums.Result result) {
            double[][] left = result.squares(fitIntercept);
            for (int i = 0; i < left.length; i++) {
                left[i][i] += alpha;
            }
            double[] coefficients = SymmetricSolver.solve(left, result.targets(fitIntercept));
            return result.model(coefficients, fitIntercept, Convergence.EXACT);
        }
    }
}

package io.lazuli.ml.linear;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Comoments;
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
        if (!(alpha >= 0) || Double.isInfinite(alpha)) {
            throw MlErrors.badParameter("alpha", alpha, "a finite number that is not negative");
        }
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
            Comoments sums = result.sums();
            int count = result.features().count();
            double[][] left = new double[count][count];
            double[] right = new double[count];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    left[i][j] = product(sums, i, j);
                }
                left[i][i] += alpha;
                right[i] = product(sums, i, count);
            }
            double[] coefficients = SymmetricSolver.solve(left, right);
            double intercept = fitIntercept ? sums.means()[count] : 0;
            for (int j = 0; j < count && fitIntercept; j++) {
                intercept -= coefficients[j] * sums.means()[j];
            }
            return new LinearModel(result.features(), coefficients, intercept);
        }

        private double product(Comoments sums, int i, int j) {
            double product = sums.product(i, j);
            return fitIntercept ? product : product + sums.weight() * sums.means()[i] * sums.means()[j];
        }
    }
}

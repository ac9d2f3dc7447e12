package io.lazuli.ml.linear;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.CoordinateDescent;

/// Least squares with a penalty of absolute values, which makes many coefficients 0, and of squares: makes half the mean squared error and
/// `alpha * (l1Ratio * sum of absolute coefficients + (1 - l1Ratio) / 2 * their squared length)` together as small as can be. The
/// intercept is not penalised.
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass, which fits with other penalties share, and those of [Ridge].
///
/// **Errors.** A search that ends early only says so, in the model and in the log.
///
/// **Source.** scikit-learn `ElasticNet`; the search ends at the same duality gap, but looks at it less often.
///
/// @param tol     the greatest duality gap with which the search may end, in proportion to the target's sum of squares
/// @param maxIter rounds over all coefficients after which it ends anyhow
public record ElasticNet(double alpha, double l1Ratio, boolean fitIntercept, double tol,
        int maxIter) implements Estimator<LinearModel> {
    public static final Param<ElasticNet, Double> ALPHA =
            Param.of(ElasticNet.class, "alpha", ElasticNet::alpha, ElasticNet::withAlpha);
    public static final Param<ElasticNet, Double> L1_RATIO =
            Param.of(ElasticNet.class, "l1_ratio", ElasticNet::l1Ratio, ElasticNet::withL1Ratio);
    public static final Param<ElasticNet, Boolean> FIT_INTERCEPT =
            Param.of(ElasticNet.class, "fit_intercept", ElasticNet::fitIntercept, ElasticNet::withFitIntercept);

    public ElasticNet {
        MlErrors.checkNotNegative("alpha", alpha);
        MlErrors.checkShare("l1_ratio", l1Ratio);
        MlErrors.checkPositive("tol", tol);
        MlErrors.checkAtLeastOne("max_iter", maxIter);
    }

    public ElasticNet() {
        this(1, 0.5, true, 1e-4, 1000);
    }

    public ElasticNet withAlpha(double alpha) {
        return new ElasticNet(alpha, l1Ratio, fitIntercept, tol, maxIter);
    }

    public ElasticNet withL1Ratio(double l1Ratio) {
        return new ElasticNet(alpha, l1Ratio, fitIntercept, tol, maxIter);
    }

    public ElasticNet withFitIntercept(boolean fitIntercept) {
        return new ElasticNet(alpha, l1Ratio, fitIntercept, tol, maxIter);
    }

    public ElasticNet withTol(double tol) {
        return new ElasticNet(alpha, l1Ratio, fitIntercept, tol, maxIter);
    }

    public ElasticNet withMaxIter(int maxIter) {
        return new ElasticNet(alpha, l1Ratio, fitIntercept, tol, maxIter);
    }

    @Override
    public Lazy<LinearModel> plan(Dataset data) {
        return plan(data, name());
    }

    Lazy<LinearModel> plan(Dataset data, String name) {
        return data.regression(name).fit(new RegressionSums()).then(name, new Descend(name, this));
    }

    /// @param name whose name errors say
    private record Descend(String name,
            ElasticNet parameters) implements Function1<RegressionSums.Result, LinearModel> {
        @Override
        public LinearModel apply(RegressionSums.Result result) {
            boolean fitIntercept = parameters.fitIntercept;
            int target = result.features().count();
            double weight = result.sums().weight();
            double absolute = parameters.alpha * parameters.l1Ratio * weight;
            double squared = parameters.alpha * (1 - parameters.l1Ratio) * weight;
            double[] products = result.targets(fitIntercept);
            DualityGap gap = new DualityGap(
                    absolute, squared, products, result.product(target, target, fitIntercept));
            CoordinateDescent descent = descent(result.squares(fitIntercept), products, absolute, squared);
            double allowed = parameters.tol * result.product(target, target, fitIntercept);
            double reached;
            boolean converged;
            int iterations = 0;
            do {
                iterations += descent.round(parameters.maxIter - iterations);
                reached = gap.of(descent);
                converged = reached <= allowed || descent.isSettled();
            } while (!converged && iterations < parameters.maxIter);
            return result.model(
                    descent.coefficients(), fitIntercept,
                    Convergence.of(name, iterations, reached, allowed, converged));
        }

        private static CoordinateDescent descent(
                double[][] squares, double[] products, double absolute, double squared) {
            double[] costs = new double[products.length];
            for (int j = 0; j < costs.length; j++) {
                costs[j] = absolute;
                squares[j][j] += squares[j][j] > 0 ? squared : 0;
            }
            return new CoordinateDescent(squares, products, costs, new double[costs.length]);
        }
    }
}

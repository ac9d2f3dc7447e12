package io.lazuli.ml.bayes;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import java.util.Arrays;

/// Takes each feature to be normally distributed within a class, independent of others; classes are as likely as they are frequent.
///
/// A class that has no rows, as may happen in a fold, is never likely.
///
/// **Nulls, NaN.** Refused.
///
/// **Cost.** One pass, which fits with another smoothing share.
///
/// **Source.** scikit-learn `GaussianNB`.
///
/// @param varSmoothing added to all variances, in proportion to the largest variance of a feature
public record GaussianNB(double varSmoothing) implements Estimator<GaussianNBModel> {
    public static final Param<GaussianNB, Double> VAR_SMOOTHING =
            Param.of(GaussianNB.class, "var_smoothing", GaussianNB::varSmoothing, GaussianNB::withVarSmoothing);

    public GaussianNB {
        MlErrors.checkNotNegative("var_smoothing", varSmoothing);
    }

    public GaussianNB() {
        this(1e-9);
    }

    public GaussianNB withVarSmoothing(double varSmoothing) {
        return new GaussianNB(varSmoothing);
    }

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public Lazy<GaussianNBModel> plan(Dataset data) {
        return data.classification(name()).fit(new ClassMomentsFit()).then(name(), new Smooth(varSmoothing));
    }

    private record Smooth(double varSmoothing) implements Function1<ClassMomentsFit.Result, GaussianNBModel> {
        /// Where all features are constant, any variance is as good.
        private static final double LEAST_VARIANCE = 1e-300;

        @Override
        public GaussianNBModel apply(ClassMomentsFit.Result result) {
            double added = Math.max(varSmoothing * result.largestVariance(), LEAST_VARIANCE);
            double[] weights = result.moments().weights();
            double total = Arrays.stream(weights).sum();
            double[] priors = Arrays.stream(weights).map(weight -> weight / total).toArray();
            double[][] variances = new double[weights.length][result.features().count()];
            for (int c = 0; c < weights.length; c++) {
                for (int j = 0; j < variances[c].length; j++) {
                    double own = weights[c] == 0 ? 0 : result.moments().squares()[c][j] / weights[c];
                    variances[c][j] = own + added;
                }
            }
            return new GaussianNBModel(
                    result.features(), result.classes(), priors, result.moments().means(), variances);
        }
    }
}

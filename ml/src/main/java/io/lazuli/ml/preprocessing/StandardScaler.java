package io.lazuli.ml.preprocessing;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.summary.FeatureMoments;

/// Takes away the mean of each feature, and divides by its standard deviation (that of all rows, not of a sample). A constant feature is
/// not divided.
///
/// **Nulls, NaN.** Left out, and stay missing. **Cost.** One pass, shared with [io.lazuli.ml.impute.SimpleImputer#mean] on the same rows.
/// **Errors.** DATA if a feature has infinite values.
///
/// **Source.** scikit-learn `StandardScaler`.
public record StandardScaler(boolean withMean, boolean withStd) implements Estimator<ScalerModel> {
    public static final Param<StandardScaler, Boolean> WITH_MEAN =
            Param.of(StandardScaler.class, "with_mean", StandardScaler::withMean, StandardScaler::withWithMean);
    public static final Param<StandardScaler, Boolean> WITH_STD =
            Param.of(StandardScaler.class, "with_std", StandardScaler::withStd, StandardScaler::withWithStd);

    public StandardScaler() {
        this(true, true);
    }

    public StandardScaler withWithMean(boolean withMean) {
        return new StandardScaler(withMean, withStd);
    }

    public StandardScaler withWithStd(boolean withStd) {
        return new StandardScaler(withMean, withStd);
    }

    @Override
    public Lazy<ScalerModel> plan(Dataset data) {
        return data.fit(new FeatureMoments()).then(name(), new Scale(withMean, withStd));
    }

    private record Scale(boolean withMean, boolean withStd) implements Function1<FeatureMoments.Result, ScalerModel> {
        @Override
        public ScalerModel apply(FeatureMoments.Result found) {
            int count = found.features().count();
            double[] center = new double[count];
            double[] scale = new double[count];
            for (int j = 0; j < count; j++) {
                double mean = found.means()[j];
                center[j] = withMean ? mean : 0;
                scale[j] = withStd ? deviation(found.weights()[j], mean, found.variances()[j]) : 1;
            }
            return new ScalerModel(found.features(), center, scale);
        }

        /// 1 if the variance is no more than what rounding makes of equal values.
        private static double deviation(double weight, double mean, double variance) {
            double epsilon = Math.ulp(1.0);
            double rounding = weight * epsilon * variance + Math.pow(weight * mean * epsilon, 2);
            return variance <= rounding ? 1 : Math.sqrt(variance);
        }
    }
}

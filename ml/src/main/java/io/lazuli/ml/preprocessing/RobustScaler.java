package io.lazuli.ml.preprocessing;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.FeatureQuantiles;
import io.lazuli.ml.internal.summary.Wanted;
import java.util.List;

/// Takes away the median of each feature, and divides by the distance of two of its quantiles, so that a few far values do not matter.
///
/// **Nulls, NaN.** Left out, and stay missing. **Cost.** Quantiles are exact: one or two passes up to some ten thousand rows, three or four
/// for millions. **Errors.** DATA if a quantile is infinite.
///
/// **Source.** scikit-learn `RobustScaler`.
///
/// @param lowerQuantile share of the values that are below, between 0 and 1
/// @param upperQuantile greater than `lowerQuantile`, up to 1
public record RobustScaler(boolean withCentering, boolean withScaling, double lowerQuantile,
        double upperQuantile) implements Estimator<ScalerModel> {
    public static final Param<RobustScaler, Boolean> WITH_CENTERING = Param.of(
            RobustScaler.class, "with_centering", RobustScaler::withCentering, RobustScaler::withWithCentering);
    public static final Param<RobustScaler, Boolean> WITH_SCALING =
            Param.of(RobustScaler.class, "with_scaling", RobustScaler::withScaling, RobustScaler::withWithScaling);

    public RobustScaler {
        if (!(0 <= lowerQuantile && lowerQuantile < upperQuantile && upperQuantile <= 1)) {
            throw MlErrors.badParameter(
                    "the quantile range", "%s to %s".formatted(lowerQuantile, upperQuantile),
                    "two shares between 0 and 1, the smaller one first");
        }
    }

    public RobustScaler() {
        this(true, true, 0.25, 0.75);
    }

    public RobustScaler withWithCentering(boolean withCentering) {
        return new RobustScaler(withCentering, withScaling, lowerQuantile, upperQuantile);
    }

    public RobustScaler withWithScaling(boolean withScaling) {
        return new RobustScaler(withCentering, withScaling, lowerQuantile, upperQuantile);
    }

    /// @param lower between 0 and 1; scikit-learn's are between 0 and 100
    public RobustScaler withQuantileRange(double lower, double upper) {
        return new RobustScaler(withCentering, withScaling, lower, upper);
    }

    @Override
    public Lazy<ScalerModel> plan(Dataset data) {
        return data.fit(new FeatureQuantiles(new Wanted.These(List.of(lowerQuantile, 0.5, upperQuantile))))
                .then(name(), new Scale(withCentering, withScaling));
    }

    private record Scale(boolean withCentering,
            boolean withScaling) implements Function1<FeatureQuantiles.Result, ScalerModel> {
        @Override
        public ScalerModel apply(FeatureQuantiles.Result found) {
            int count = found.features().count();
            double[] center = new double[count];
            double[] scale = new double[count];
            for (int j = 0; j < count; j++) {
                double[] quantiles = found.quantiles().get(j);
                if (Double.isInfinite(quantiles[0]) || Double.isInfinite(quantiles[2])) {
                    throw MlErrors.notFinite("feature '%s'".formatted(found.features().get(j).name()));
                }
                center[j] = withCentering ? quantiles[1] : 0;
                scale[j] = withScaling ? ScalerModel.orOne(quantiles[2] - quantiles[0]) : 1;
            }
            return new ScalerModel(found.features(), center, scale);
        }
    }
}

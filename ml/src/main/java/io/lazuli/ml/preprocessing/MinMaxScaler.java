package io.lazuli.ml.preprocessing;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.FeatureRanges;

/// Moves the least value of each feature to one number and the greatest to another, 0 and 1 unless said otherwise. A constant feature goes
/// to the lower one.
///
/// **Nulls, NaN.** Left out, and stay missing. **Cost.** One pass. **Errors.** DATA if a feature has infinite values.
///
/// **Source.** scikit-learn `MinMaxScaler`.
///
/// @param clip whether values beyond those that it was fitted on go to the ends
public record MinMaxScaler(double lower, double upper, boolean clip) implements Estimator<MinMaxModel> {
    public static final Param<MinMaxScaler, Boolean> CLIP =
            Param.of(MinMaxScaler.class, "clip", MinMaxScaler::clip, MinMaxScaler::withClip);

    public MinMaxScaler {
        if (!(lower < upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
            throw MlErrors.badParameter(
                    "the feature range", "%s to %s".formatted(lower, upper), "two numbers, the smaller one first");
        }
    }

    public MinMaxScaler() {
        this(0, 1, false);
    }

    public MinMaxScaler withFeatureRange(double lower, double upper) {
        return new MinMaxScaler(lower, upper, clip);
    }

    public MinMaxScaler withClip(boolean clip) {
        return new MinMaxScaler(lower, upper, clip);
    }

    @Override
    public Lazy<MinMaxModel> plan(Dataset data) {
        return data.fit(new FeatureRanges()).then(name(), new Scale(lower, upper, clip));
    }

    private record Scale(double lower, double upper,
            boolean clip) implements Function1<FeatureRanges.Result, MinMaxModel> {
        @Override
        public MinMaxModel apply(FeatureRanges.Result found) {
            double[] scale = new double[found.features().count()];
            double[] shift = new double[scale.length];
            for (int j = 0; j < scale.length; j++) {
                scale[j] = (upper - lower) / ScalerModel.orOne(found.greatest()[j] - found.least()[j]);
                shift[j] = lower - found.least()[j] * scale[j];
            }
            return new MinMaxModel(
                    found.features(), scale, shift, clip ? lower : Double.NEGATIVE_INFINITY,
                    clip ? upper : Double.POSITIVE_INFINITY);
        }
    }
}

package io.lazuli.ml.preprocessing;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.FeatureLevels;

/// Makes a feature of 0 and 1 of each value that a feature has, named `feature_value`.
///
/// ```java
/// new OneHotEncoder().withMinFrequency(10).withHandleUnknown(HandleUnknown.INFREQUENT)
/// ```
///
/// **Units and types.** Texts and numbers. **Nulls, NaN.** A value like any other, the last one. **Cost.** One pass; room for all distinct
/// values, of which a feature may have a million. **Errors.** DATA if more than 100,000 features would be made, and when a value is met
/// that was not there, unless it is said what to do with it.
///
/// **Source.** scikit-learn `OneHotEncoder`.
///
/// @param minFrequency values with fewer rows than this, or than this share of rows if it is below 1, become one feature
///                     `feature_infrequent_sklearn`; 0 for none
public record OneHotEncoder(HandleUnknown handleUnknown, Drop drop,
        double minFrequency) implements Estimator<OneHotModel> {
    public static final Param<OneHotEncoder, HandleUnknown> HANDLE_UNKNOWN = Param.of(
            OneHotEncoder.class, "handle_unknown", OneHotEncoder::handleUnknown, OneHotEncoder::withHandleUnknown);
    public static final Param<OneHotEncoder, Drop> DROP =
            Param.of(OneHotEncoder.class, "drop", OneHotEncoder::drop, OneHotEncoder::withDrop);
    public static final Param<OneHotEncoder, Double> MIN_FREQUENCY = Param.of(
            OneHotEncoder.class, "min_frequency", OneHotEncoder::minFrequency, OneHotEncoder::withMinFrequency);

    /// What becomes of a value that was not there when the encoder was fitted.
    public enum HandleUnknown {
        ERROR,
        /// All of its features are 0.
        IGNORE,
        /// It counts as an infrequent one, if there are any; else as [#IGNORE].
        INFREQUENT
    }

    /// Which of a feature's values gets no feature of its own, as it follows from the others.
    public enum Drop {
        NONE,
        /// The first.
        FIRST,
        /// The first where there are two.
        IF_BINARY
    }

    public OneHotEncoder {
        if (!(minFrequency >= 0) || minFrequency > 1 && minFrequency != Math.rint(minFrequency)) {
            throw MlErrors.badParameter(
                    "min_frequency", minFrequency, "a whole number of rows, or a share of them between 0 and 1");
        }
    }

    public OneHotEncoder() {
        this(HandleUnknown.ERROR, Drop.NONE, 0);
    }

    public OneHotEncoder withHandleUnknown(HandleUnknown handleUnknown) {
        return new OneHotEncoder(handleUnknown, drop, minFrequency);
    }

    public OneHotEncoder withDrop(Drop drop) {
        return new OneHotEncoder(handleUnknown, drop, minFrequency);
    }

    public OneHotEncoder withMinFrequency(double minFrequency) {
        return new OneHotEncoder(handleUnknown, drop, minFrequency);
    }

    @Override
    public Lazy<OneHotModel> plan(Dataset data) {
        return data.fit(new FeatureLevels()).then(name(), new Encode(handleUnknown, drop, minFrequency));
    }

    private record Encode(HandleUnknown handleUnknown, Drop drop,
            double minFrequency) implements Function1<FeatureLevels.Result, OneHotModel> {
        @Override
        public OneHotModel apply(FeatureLevels.Result found) {
            Features features = found.features();
            OneHotColumns columns = new OneHotColumns(handleUnknown, drop, minFrequency);
            for (int j = 0; j < features.count(); j++) {
                columns.add(features.get(j).name(), found.levels().get(j));
            }
            return columns.model(features);
        }
    }
}

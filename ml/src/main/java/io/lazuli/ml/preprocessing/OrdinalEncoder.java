package io.lazuli.ml.preprocessing;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.FeatureLevels;
import java.util.List;

/// Makes of each value its place among those of its feature, in ascending order, from 0. What comes out are categories, which trees take as
/// such.
///
/// **Units and types.** Texts and numbers. **Nulls, NaN.** Stay missing. **Cost.** One pass; room for all distinct values, of which a feature
/// may have a million. **Errors.** DATA when a value is met that was not there, unless there is an unknown value.
///
/// **Source.** scikit-learn `OrdinalEncoder`.
///
/// @param handleUnknown what becomes of values that were not there when the encoder was fitted
/// @param unknownValue  NaN, or a number below 0
public record OrdinalEncoder(HandleUnknown handleUnknown, double unknownValue) implements Estimator<OrdinalModel> {
    /// What becomes of a value that was not there when the encoder was fitted.
    public enum HandleUnknown {
        ERROR,
        /// It becomes the unknown value.
        USE_ENCODED_VALUE
    }

    public OrdinalEncoder {
        if (unknownValue >= 0) {
            throw MlErrors.badParameter("unknown_value", unknownValue, "NaN or below 0, as places are not");
        }
    }

    public OrdinalEncoder() {
        this(HandleUnknown.ERROR, Double.NaN);
    }

    /// Makes values that were not there no error.
    public OrdinalEncoder withUnknownValue(double unknownValue) {
        return new OrdinalEncoder(HandleUnknown.USE_ENCODED_VALUE, unknownValue);
    }

    @Override
    public Lazy<OrdinalModel> plan(Dataset data) {
        return data.fit(new FeatureLevels()).then(name(),
                new Encode(unknownValue, handleUnknown == HandleUnknown.ERROR));
    }

    private record Encode(double unknown,
            boolean refusesUnknown) implements Function1<FeatureLevels.Result, OrdinalModel> {
        @Override
        public OrdinalModel apply(FeatureLevels.Result found) {
            List<Categories> categories =
                    found.levels().stream().map(levels -> new Categories(levels.values(), false)).toList();
            return new OrdinalModel(
                    found.features(), categories, unknown, refusesUnknown);
        }
    }
}

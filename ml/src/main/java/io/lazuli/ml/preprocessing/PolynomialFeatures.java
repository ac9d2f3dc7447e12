package io.lazuli.ml.preprocessing;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.FeatureNames;

/// Makes all products of features, up to a number of factors: of `a` and `b` and two, `1`, `a`, `b`, `a^2`, `a b`, `b^2`.
///
/// **Nulls, NaN.** A product with a missing factor is missing. **Cost.** Learns from no row. **Errors.** USER if more than 100,000 features
/// would be made, when they are known; texts are refused.
///
/// **Source.** scikit-learn `PolynomialFeatures`.
///
/// @param degree          the most factors
/// @param interactionOnly whether no feature is a factor twice
/// @param includeBias     whether there is a feature `1`
public record PolynomialFeatures(int degree, boolean interactionOnly,
        boolean includeBias) implements Estimator<PolynomialModel> {
    public static final Param<PolynomialFeatures, Integer> DEGREE =
            Param.of(PolynomialFeatures.class, "degree", PolynomialFeatures::degree, PolynomialFeatures::withDegree);
    public static final Param<PolynomialFeatures, Boolean> INTERACTION_ONLY = Param.of(
            PolynomialFeatures.class, "interaction_only", PolynomialFeatures::interactionOnly,
            PolynomialFeatures::withInteractionOnly);
    public static final Param<PolynomialFeatures, Boolean> INCLUDE_BIAS = Param.of(
            PolynomialFeatures.class, "include_bias", PolynomialFeatures::includeBias,
            PolynomialFeatures::withIncludeBias);

    public PolynomialFeatures {
        if (degree < 1) {
            throw MlErrors.badParameter("degree", degree, "at least 1");
        }
    }

    public PolynomialFeatures() {
        this(2, false, true);
    }

    public PolynomialFeatures withDegree(int degree) {
        return new PolynomialFeatures(degree, interactionOnly, includeBias);
    }

    public PolynomialFeatures withInteractionOnly(boolean interactionOnly) {
        return new PolynomialFeatures(degree, interactionOnly, includeBias);
    }

    public PolynomialFeatures withIncludeBias(boolean includeBias) {
        return new PolynomialFeatures(degree, interactionOnly, includeBias);
    }

    @Override
    public Lazy<PolynomialModel> plan(Dataset data) {
        return data.fit(new FeatureNames()).then(name(), new Multiply(degree, interactionOnly, includeBias));
    }

    private record Multiply(int degree, boolean interactionOnly,
            boolean includeBias) implements Function1<Features, PolynomialModel> {
        @Override
        public PolynomialModel apply(Features features) {
            if (!features.texts().isEmpty()) {
                throw MlErrors.textFeatures("PolynomialFeatures", features.texts());
            }
            return new PolynomialModel(features,
                    PolynomialModel.products(features.count(), degree, interactionOnly, includeBias));
        }
    }
}

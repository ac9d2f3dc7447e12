package io.lazuli.ml.preprocessing;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.FeatureQuantiles;
import io.lazuli.ml.internal.summary.Wanted;

/// Gives each feature the same distribution, uniform or normal: a value becomes the share of values that are below.
///
/// **Nulls, NaN.** Left out, and stay missing. **Cost.** Quantiles are exact and of all rows, where scikit-learn draws a sample: one or two
/// passes up to some ten thousand rows, about five for millions.
///
/// **Source.** scikit-learn `QuantileTransformer`; the same up to its `subsample` of 10,000 rows.
///
/// @param nQuantiles at least 1; no more are taken than there are rows
public record QuantileTransformer(int nQuantiles, Distribution outputDistribution) implements Estimator<QuantileModel> {
    public static final Param<QuantileTransformer, Integer> N_QUANTILES = Param.of(
            QuantileTransformer.class, "n_quantiles", QuantileTransformer::nQuantiles,
            QuantileTransformer::withNQuantiles);
    public static final Param<QuantileTransformer, Distribution> OUTPUT_DISTRIBUTION = Param.of(
            QuantileTransformer.class, "output_distribution", QuantileTransformer::outputDistribution,
            QuantileTransformer::withOutputDistribution);

    private static final int MOST_QUANTILES = 10_000;

    /// What values are distributed like afterwards.
    public enum Distribution {
        /// Between 0 and 1.
        UNIFORM,
        /// Between -5.2 and 5.2, about.
        NORMAL
    }

    public QuantileTransformer {
        if (nQuantiles < 1 || nQuantiles > MOST_QUANTILES) {
            throw MlErrors.badParameter("n_quantiles", nQuantiles, "at least 1 and at most " + MOST_QUANTILES);
        }
    }

    public QuantileTransformer() {
        this(1000, Distribution.UNIFORM);
    }

    public QuantileTransformer withNQuantiles(int nQuantiles) {
        return new QuantileTransformer(nQuantiles, outputDistribution);
    }

    public QuantileTransformer withOutputDistribution(Distribution outputDistribution) {
        return new QuantileTransformer(nQuantiles, outputDistribution);
    }

    @Override
    public Lazy<QuantileModel> plan(Dataset data) {
        return data.fit(new FeatureQuantiles(new Wanted.Evenly(nQuantiles))).then(name(), new Map(outputDistribution));
    }

    private record Map(Distribution distribution) implements Function1<FeatureQuantiles.Result, QuantileModel> {
        @Override
        public QuantileModel apply(FeatureQuantiles.Result found) {
            return new QuantileModel(found.features(), found.shares(), found.quantiles(), distribution);
        }
    }
}

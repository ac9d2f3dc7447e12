package io.lazuli.ml.decomposition;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Principal components: the directions in which rows differ most.
///
/// ```java
/// Pipeline.of(new StandardScaler(), new Pca(10)).then(new LogisticRegression())
/// ```
///
/// Components point where their greatest weight is positive.
///
/// **Nulls, NaN.** Refused when met. **Cost.** One pass, which all numbers of components share, and memory for the products of all features.
/// They are found from these products: what a component less than a hundred-millionth as long as the first one says is rounding.
/// **Errors.** DATA if there are no rows, or fewer rows or features than components; or more than 5,000 features.
///
/// **Source.** scikit-learn `PCA`; signs as from its version 1.5 on.
///
/// @param nComponents   how many; 0 for as many as there are features, or rows if there are fewer
/// @param varianceShare of these the first ones that explain this share of the variance together; above 0, and 1 for all
/// @param whiten        whether components are scaled to a variance of 1
public record Pca(int nComponents, double varianceShare, boolean whiten) implements Estimator<PcaModel> {
    public static final Param<Pca, Integer> N_COMPONENTS =
            Param.of(Pca.class, "n_components", Pca::nComponents, Pca::withNComponents);
    public static final Param<Pca, Double> VARIANCE_SHARE =
            Param.of(Pca.class, "variance_share", Pca::varianceShare, Pca::withVarianceShare);
    public static final Param<Pca, Boolean> WHITEN = Param.of(Pca.class, "whiten", Pca::whiten, Pca::withWhiten);

    public Pca {
        if (nComponents < 0) {
            throw MlErrors.badParameter("n_components", nComponents, "at least 1, or 0 for all");
        }
        if (!(varianceShare > 0 && varianceShare <= 1)) {
            throw MlErrors.badParameter("variance_share", varianceShare, "above 0 and at most 1");
        }
    }

    /// All components.
    public Pca() {
        this(0);
    }

    public Pca(int nComponents) {
        this(nComponents, 1, false);
    }

    public Pca withNComponents(int nComponents) {
        return new Pca(nComponents, varianceShare, whiten);
    }

    public Pca withVarianceShare(double varianceShare) {
        return new Pca(nComponents, varianceShare, whiten);
    }

    public Pca withWhiten(boolean whiten) {
        return new Pca(nComponents, varianceShare, whiten);
    }

    @Override
    public Lazy<PcaModel> plan(Dataset data) {
        return data.fit(new FeatureProducts())
                .then("principal axes", new Axes.Find(true))
                .then(name(), new Choose(nComponents, varianceShare, whiten));
    }

    private record Choose(int nComponents, double varianceShare,
            boolean whiten) implements Function1<Axes, PcaModel> {
        @Override
        public PcaModel apply(Axes axes) {
            int most = (int) Math.min(axes.directions().length, axes.rowCount());
            if (nComponents > most) {
                throw MlErrors.tooManyComponents(nComponents, axes.directions().length, axes.rowCount());
            }
            double[] shares = Arrays.stream(axes.squares())
                    .map(square -> axes.spread() > 0 ? square / axes.spread() : 0)
                    .toArray();
            int count = explaining(shares, nComponents == 0 ? most : nComponents);
            double[] squares = Arrays.copyOf(axes.squares(), count);
            return new PcaModel(
                    axes.features(),
                    Features.numbers(IntStream.range(0, count).mapToObj(k -> "pca" + k).toList()),
                    axes.center(), Arrays.copyOf(axes.directions(), count),
                    Arrays.stream(squares).map(square -> variance(square, axes.weight())).toArray(),
                    Arrays.copyOf(shares, count), Arrays.stream(squares).map(Math::sqrt).toArray(), whiten);
        }

        private int explaining(double[] shares, int most) {
            double explained = 0;
            for (int count = 1; count < most && varianceShare < 1; count++) {
                explained += shares[count - 1];
                if (explained > varianceShare) {
                    return count;
                }
            }
            return most;
        }

        private static double variance(double square, double weight) {
            return weight > 1 ? square / (weight - 1) : 0;
        }
    }
}

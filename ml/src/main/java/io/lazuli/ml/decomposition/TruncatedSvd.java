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

/// The first directions of a singular value decomposition: as [Pca], but distances are from 0, not from the mean.
///
/// Components point where their greatest weight is positive.
///
/// **Nulls, NaN.** Refused when met. **Cost.** One pass, which all numbers of components share, and `Pca` of the same rows too.
/// **Errors.** DATA if there are no rows, or fewer rows or features than components; or more than 5,000 features.
///
/// **Source.** scikit-learn `TruncatedSVD`, whose directions are found at random and are nearly these.
public record TruncatedSvd(int nComponents) implements Estimator<TruncatedSvdModel> {
    public static final Param<TruncatedSvd, Integer> N_COMPONENTS =
            Param.of(TruncatedSvd.class, "n_components", TruncatedSvd::nComponents, TruncatedSvd::withNComponents);

    public TruncatedSvd {
        MlErrors.checkAtLeastOne("n_components", nComponents);
    }

    public TruncatedSvd() {
        this(2);
    }

    public TruncatedSvd withNComponents(int nComponents) {
        return new TruncatedSvd(nComponents);
    }

    @Override
    public Lazy<TruncatedSvdModel> plan(Dataset data) {
        return data.fit(new FeatureProducts())
                .then("singular axes", new Axes.Find(false))
                .then(name(), new Choose(nComponents));
    }

    private record Choose(int nComponents) implements Function1<Axes, TruncatedSvdModel> {
        @Override
        public TruncatedSvdModel apply(Axes axes) {
            if (nComponents > Math.min(axes.directions().length, axes.rowCount())) {
                throw MlErrors.tooManyComponents(nComponents, axes.directions().length, axes.rowCount());
            }
            double[] spreads = Arrays.copyOf(axes.spreads(), nComponents);
            return new TruncatedSvdModel(
                    axes.features(),
                    Features.numbers(IntStream.range(0, nComponents).mapToObj(k -> "truncatedsvd" + k).toList()),
                    Arrays.copyOf(axes.directions(), nComponents),
                    Arrays.stream(spreads).map(spread -> spread / axes.weight()).toArray(),
                    Arrays.stream(spreads).map(spread -> axes.spread() > 0 ? spread / axes.spread() : 0).toArray(),
                    Arrays.stream(axes.squares()).limit(nComponents).map(Math::sqrt).toArray());
        }
    }
}

package io.lazuli.ml.cluster;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;

/// Clusters whose rows lie near a center, such that the sum of squared distances from the nearest centers is small.
///
/// ```java
/// KMeansModel model = new KMeans(8).fit(data);
/// ```
///
/// Centers are sought in a sample of some thousand rows first, from several starts; those that are best there are then moved until they are
/// the means of all rows that are nearest to them. The sample is drawn twice, the second time with rows that are far from the centers of the
/// first one more likely. A cluster that loses all its rows is put where a row is farthest from its center.
///
/// **Nulls, NaN.** Refused. **Cost.** Four passes, and one for each iteration. **Errors.** DATA if there are no rows, or fewer than clusters.
/// Centers that still move after the last iteration are no error: the model says so, and the log.
///
/// **Order.** With the same seed the same rows give the same centers, up to rounding. Only where rows are more than the sample holds, other
/// partitions make another sample.
///
/// **Source.** scikit-learn `KMeans`, with another start: Bachem, Lucic and Krause, "Scalable k-means clustering via lightweight coresets"
/// (2018).
///
/// @param maxIter iterations over all rows at most
/// @param tol     the sum of squares of how far centers move, in units of the mean variance of features, with which it ends
/// @param nInit   starts that are tried on the sample
public record KMeans(int nClusters, int maxIter, double tol, int nInit, long seed) implements Estimator<KMeansModel> {
    public static final Param<KMeans, Integer> N_CLUSTERS =
            Param.of(KMeans.class, "n_clusters", KMeans::nClusters, KMeans::withNClusters);
    public static final Param<KMeans, Long> SEED =
            Param.of(KMeans.class, "random_state", KMeans::seed, KMeans::withSeed);
    /// Values of all features together that a sample has room for, about.
    private static final int SAMPLED_VALUES = 1 << 20;
    private static final int LEAST_SAMPLE = 1024;
    private static final int MOST_SAMPLE = 8192;
    private static final int SAMPLE_BY_CLUSTER = 32;

    public KMeans {
        MlErrors.checkAtLeastOne("n_clusters", nClusters);
        MlErrors.checkAtLeastOne("max_iter", maxIter);
        MlErrors.checkNotNegative("tol", tol);
        MlErrors.checkAtLeastOne("n_init", nInit);
    }

    public KMeans() {
        this(8);
    }

    public KMeans(int nClusters) {
        this(nClusters, 300, 1e-4, 10, 0);
    }

    public KMeans withNClusters(int nClusters) {
        return new KMeans(nClusters, maxIter, tol, nInit, seed);
    }

    public KMeans withMaxIter(int maxIter) {
        return new KMeans(nClusters, maxIter, tol, nInit, seed);
    }

    public KMeans withTol(double tol) {
        return new KMeans(nClusters, maxIter, tol, nInit, seed);
    }

    public KMeans withNInit(int nInit) {
        return new KMeans(nClusters, maxIter, tol, nInit, seed);
    }

    public KMeans withSeed(long seed) {
        return new KMeans(nClusters, maxIter, tol, nInit, seed);
    }

    /// Rows of a sample.
    int sampleSize(int featureCount) {
        int rows = Math.clamp(SAMPLED_VALUES / featureCount, LEAST_SAMPLE, MOST_SAMPLE);
        return Math.max(rows, Math.multiplyExact(SAMPLE_BY_CLUSTER, nClusters));
    }

    @Override
    public Lazy<KMeansModel> plan(Dataset data) {
        return data.fit(new KMeansFit(this));
    }
}

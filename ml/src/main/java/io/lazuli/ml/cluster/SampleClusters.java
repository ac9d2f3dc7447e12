package io.lazuli.ml.cluster;

import io.lazuli.ml.internal.numeric.Permutation;
import io.lazuli.ml.internal.numeric.Products;

/// Centers of a sample of rows.
///
/// @param meanSquare the mean of squared distances from the nearest of them
record SampleClusters(double[][] centers, double meanSquare) {
    /// The best centers of some tries, each of which begins elsewhere.
    static SampleClusters find(RowSample sample, KMeans parameters, double variance, int tries) {
        double[] weights = sample.standing();
        double weight = Products.sum(weights, weights.length);
        double enough = parameters.tol() * variance / sample.columns().length;
        double[][] best = {};
        double least = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < tries; attempt++) {
            double[][] centers = Seeding.centers(
                    sample.columns(), weights, parameters.nClusters(), Permutation.mix(parameters.seed()) + attempt);
            ClusterSums sums = sums(sample, weights, centers);
            for (int iteration = 0; iteration < parameters.maxIter(); iteration++) {
                double[][] means = sums.means(centers);
                double shift = Moves.shift(centers, means);
                centers = means;
                if (shift == 0) {
                    break;
                }
                sums = sums(sample, weights, centers);
                if (shift <= enough) {
                    break;
                }
            }
            if (attempt == 0 || sums.inertia() < least) {
                best = centers;
                least = sums.inertia();
            }
        }
        return new SampleClusters(best, least / weight);
    }

    private static ClusterSums sums(RowSample sample, double[] weights, double[][] centers) {
        ClusterSums.Builder builder = new ClusterSums.Builder(centers);
        builder.add(sample.columns(), weights, sample.count());
        return builder.finish();
    }
}

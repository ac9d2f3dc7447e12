package io.lazuli.ml.cluster;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.Distances;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.model.Transform;
import java.util.stream.IntStream;

/// Predicts the index of the nearest center, the first of those that are as near; or, as a transform, says how far all of them are. NaN where
/// a feature is missing. Arrays are not to be written to.
///
/// @param clusterCenters by cluster, then feature
/// @param inertia        the sum of squared distances of rows from the nearest centers, by weight
/// @param iterations     how often centers were moved to the means of all rows that are nearest to them
/// @param reached        the sum of squares of how far they were moved at last, in units of the mean variance of features
/// @param converged      whether that is no more than the tolerance
public record KMeansModel(Features features, Features output, double[][] clusterCenters, double inertia, int iterations,
        double reached, boolean converged) implements Predictor, Transform {
    private static final System.Logger LOGGER = System.getLogger(KMeansModel.class.getName());

    /// Says so in the log if centers still moved.
    static KMeansModel of(
            Features features, double[][] centers, double inertia, int iterations, double reached, boolean converged) {
        if (!converged) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "KMeans stopped after {0} iterations, when centers still moved by {1} of the variance. Allow more with"
                            + " withMaxIter, or less exactness with withTol.",
                    iterations, Double.toString(reached));
        }
        Features output = Features.numbers(IntStream.range(0, centers.length).mapToObj(c -> "kmeans" + c).toList());
        return new KMeansModel(features, output, centers, inertia, iterations, reached, converged);
    }

    @Override
    public TilePredictor predictor(Rows rows) {
        NearestCenters nearest = new NearestCenters(clusterCenters);
        return (tile, into) -> {
            nearest.find(tile.features(), tile.length());
            for (int row = 0; row < tile.length(); row++) {
                into[row] = Double.isNaN(nearest.squares()[row]) ? Double.NaN : nearest.nearest()[row];
            }
        };
    }

    @Override
    public TileTransform over(Rows rows) {
        return this::transform;
    }

    private void transform(Tile from, double[][] to) {
        for (int c = 0; c < clusterCenters.length; c++) {
            Distances.squared(from.features(), clusterCenters[c], from.length(), to[c]);
            for (int row = 0; row < from.length(); row++) {
                to[c][row] = Math.sqrt(to[c][row]);
            }
        }
    }
}

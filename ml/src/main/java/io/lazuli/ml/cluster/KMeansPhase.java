package io.lazuli.ml.cluster;

import io.lazuli.ml.fit.Fit.Step;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.ColumnMoments;
import java.util.Arrays;

/// What k-means does in a pass over all rows.
///
/// ```
///   Measure --> Draw --> Draw --> Move --> Move ... --> Move: the last one only measures
///                   '---------------^    a sample of all rows needs no second one
/// ```
sealed interface KMeansPhase {
    KMeansSum pass(Rows rows);

    Step<KMeansPhase, KMeansModel> next(KMeansSum sum);

    /// Measures how far rows lie apart.
    record Measure(KMeans parameters, Shape shape) implements KMeansPhase {
        @Override
        public KMeansSum pass(Rows rows) {
            int featureCount = shape.features().count();
            ColumnMoments[] moments = {ColumnMoments.of(featureCount)};
            long[] count = {0};
            rows.forEachTile(tile -> {
                moments[0] = ColumnMoments.merge(
                        moments[0],
                        ColumnMoments.of(tile.features(), featureCount, tile.weights(), tile.length()));
                count[0] += Arrays.stream(tile.weights(), 0, tile.length()).filter(weight -> weight > 0).count();
            });
            return new KMeansSum.Spread(moments[0], count[0]);
        }

        @Override
        public Step<KMeansPhase, KMeansModel> next(KMeansSum sum) {
            KMeansSum.Spread spread = (KMeansSum.Spread) sum;
            ColumnMoments moments = spread.moments();
            if (spread.rowCount() == 0) {
                throw MlErrors.noRows();
            }
            for (int j = 0; j < moments.squares().length; j++) {
                MlErrors.checkFeature(shape.features(), j, moments.squares()[j]);
            }
            if (spread.rowCount() < parameters.nClusters()) {
                throw MlErrors.tooManyClusters(parameters.nClusters(), spread.rowCount());
            }
            double variance = Arrays.stream(moments.squares()).sum() / moments.weight();
            return new Step.Again<>(new Draw(parameters, shape, variance, new double[][] {moments.means()}, variance));
        }
    }

    /// Draws rows, those more likely that are far from the centers so far, and finds centers of these.
    ///
    /// @param variance of all features together
    /// @param centers  the mean at first
    /// @param square   the mean of squared distances from these
    record Draw(KMeans parameters, Shape shape, double variance, double[][] centers,
            double square) implements KMeansPhase {
        @Override
        public KMeansSum pass(Rows rows) {
            int featureCount = shape.features().count();
            RowSample.Builder builder =
                    new RowSample.Builder(parameters.sampleSize(featureCount), featureCount, parameters.seed());
            NearestCenters nearest = new NearestCenters(centers);
            double factor = square > 0 ? 1 / square : 0;
            rows.forEachTile(tile -> {
                nearest.find(tile.features(), tile.length());
                builder.add(tile.features(), tile.weights(), nearest.squares(), factor, tile.length());
            });
            return builder.finish();
        }

        @Override
        public Step<KMeansPhase, KMeansModel> next(KMeansSum sum) {
            RowSample sample = (RowSample) sum;
            boolean isLast = sample.isWhole() || centers.length > 1;
            SampleClusters found =
                    SampleClusters.find(sample, parameters, variance, isLast ? parameters.nInit() : 1);
            return new Step.Again<>(isLast
                    ? new Move(parameters, shape, variance, found.centers(), 0, Double.NaN, false)
                    : new Draw(parameters, shape, variance, found.centers(), found.meanSquare()));
        }
    }

    /// Moves centers to the means of the rows that are nearest to them (Lloyd's algorithm).
    ///
    /// @param variance   of all features together
    /// @param iterations how often they have been moved
    /// @param reached    the sum of squares of how far they were moved at last, in units of the mean variance of features
    /// @param isLast     whether only the inertia is wanted
    record Move(KMeans parameters, Shape shape, double variance, double[][] centers, int iterations, double reached,
            boolean isLast) implements KMeansPhase {
        @Override
        public KMeansSum pass(Rows rows) {
            ClusterSums.Builder builder = new ClusterSums.Builder(centers);
            rows.forEachTile((Tile tile) -> builder.add(tile.features(), tile.weights(), tile.length()));
            return builder.finish();
        }

        @Override
        public Step<KMeansPhase, KMeansModel> next(KMeansSum sum) {
            ClusterSums sums = (ClusterSums) sum;
            if (isLast) {
                return done(sums.inertia(), iterations, reached);
            }
            double[][] means = sums.means(centers);
            double shift = Moves.shift(centers, means);
            double mean = variance / shape.features().count();
            double moved = shift == 0 ? 0 : shift / mean;
            if (shift == 0) {
                return done(sums.inertia(), iterations + 1, moved);
            }
            boolean ends = moved <= parameters.tol() || iterations + 1 >= parameters.maxIter();
            return new Step.Again<>(new Move(parameters, shape, variance, means, iterations + 1, moved, ends));
        }

        private Step<KMeansPhase, KMeansModel> done(double inertia, int iterations, double reached) {
            return new Step.Done<>(KMeansModel.of(
                    shape.features(), centers, inertia, iterations, reached, reached <= parameters.tol()));
        }
    }
}

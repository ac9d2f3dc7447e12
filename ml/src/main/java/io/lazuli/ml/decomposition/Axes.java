package io.lazuli.ml.decomposition;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.ejml.Spectrum;
import io.lazuli.ml.internal.numeric.Comoments;
import java.util.Arrays;

/// All directions that rows can be told by, the one that tells most first.
///
/// @param rowCount rows that they are made of
/// @param weight   of these
/// @param center   the means, or zeros where rows are not centred
/// @param squares  for each direction the sum of squared distances from the center
/// @param spreads  for each direction the sum of squared distances from the mean
/// @param spread   the sum of squared distances from the mean in all directions
record Axes(Features features, long rowCount, double weight, double[] center, double[][] directions, double[] squares,
        double[] spreads, double spread) {
    /// @param isCentred whether distances are from the mean, else from 0
    record Find(boolean isCentred) implements Function1<FeatureProducts.Result, Axes> {
        @Override
        public Axes apply(FeatureProducts.Result result) {
            Comoments sums = result.sums();
            int count = sums.variableCount();
            double[] means = sums.means();
            double[][] matrix = new double[count][count];
            double spread = 0;
            for (int i = 0; i < count; i++) {
                spread += sums.product(i, i);
                for (int j = 0; j < count; j++) {
                    matrix[i][j] = sums.product(i, j) + (isCentred ? 0 : sums.weight() * means[i] * means[j]);
                }
            }
            Spectrum axes = Spectrum.of(matrix);
            double[] squares = Arrays.stream(axes.values()).map(square -> Math.max(0, square)).toArray();
            if (squares.length < count) {
                throw MlErrors.notFinite("the products of features");
            }
            double[] spreads = squares.clone();
            for (int k = 0; k < count && !isCentred; k++) {
                double along = 0;
                for (int j = 0; j < count; j++) {
                    along += axes.vectors()[k][j] * means[j];
                }
                spreads[k] = Math.max(0, squares[k] - sums.weight() * along * along);
            }
            return new Axes(
                    result.features(), sums.count(), sums.weight(), isCentred ? means : new double[count],
                    axes.vectors(), squares, spreads, spread);
        }
    }
}

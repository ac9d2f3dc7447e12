package io.lazuli.ml.cluster;

import io.lazuli.ml.internal.numeric.Distances;
import io.lazuli.ml.internal.numeric.Permutation;
import io.lazuli.ml.internal.numeric.Products;
import java.util.Arrays;

/// Picks centers among rows: each is the best of some that are drawn by chance, those that are far from the centers before it more likely.
///
/// **Source.** Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding" (2007), with trials as in scikit-learn.
final class Seeding {
    private final double[][] columns;
    private final double[] weights;
    private final int count;
    private final Products products = new Products();
    /// Weighted squared distances from the nearest center so far; at first the weights.
    private final double[] chances;
    private double[] squares;
    private double[] tried;
    private double[] best;
    private long state;

    private Seeding(double[][] columns, double[] weights, long seed) {
        this.columns = columns;
        this.weights = weights;
        this.count = weights.length;
        this.chances = weights.clone();
        this.squares = new double[count];
        this.tried = new double[count];
        this.best = new double[count];
        this.state = Permutation.mix(seed);
        Arrays.fill(squares, Double.POSITIVE_INFINITY);
    }

    /// @param columns by feature, then row
    /// @param weights of the rows: one at least is above 0
    static double[][] centers(double[][] columns, double[] weights, int centerCount, long seed) {
        Seeding seeding = new Seeding(columns, weights, seed);
        int trials = 2 + (int) Math.log(centerCount);
        double[][] centers = new double[centerCount][];
        for (int c = 0; c < centerCount; c++) {
            centers[c] = seeding.row(seeding.next(c == 0 ? 1 : trials));
        }
        return centers;
    }

    private int next(int trials) {
        int chosen = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < trials; trial++) {
            int row = draw();
            Distances.squared(columns, row(row), count, tried);
            for (int i = 0; i < count; i++) {
                tried[i] = Math.min(tried[i], squares[i]);
            }
            double sum = products.dot(tried, weights, count);
            if (chosen < 0 || sum < least) {
                chosen = row;
                least = sum;
                double[] free = best;
                best = tried;
                tried = free;
            }
        }
        double[] free = squares;
        squares = best;
        best = free;
        for (int i = 0; i < count; i++) {
            chances[i] = squares[i] * weights[i];
        }
        return chosen;
    }

    /// A row with a chance in proportion to its own; any row with a weight if none has a chance, as there are fewer different rows than
    /// centers.
    private int draw() {
        double sum = Products.sum(chances, count);
        double[] from = sum > 0 ? chances : weights;
        state += 0x9E3779B97F4A7C15L;
        double target = (Permutation.mix(state) >>> 11) * 0x1p-53 * (sum > 0 ? sum : Products.sum(weights, count));
        double passed = 0;
        int last = 0;
        for (int row = 0; row < count; row++) {
            if (from[row] > 0) {
                passed += from[row];
                last = row;
                if (passed > target) {
                    break;
                }
            }
        }
        return last;
    }

    private double[] row(int index) {
        return Arrays.stream(columns).mapToDouble(column -> column[index]).toArray();
    }
}

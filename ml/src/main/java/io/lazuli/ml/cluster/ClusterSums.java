package io.lazuli.ml.cluster;

import io.lazuli.ml.internal.numeric.Products;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Rows summed up by the center that is nearest to them.
///
/// @param weights  by cluster
/// @param sums     by cluster, then feature
/// @param inertia  the sum of squared distances from the nearest centers
/// @param farthest by cluster, the row that is farthest from its center
record ClusterSums(double[] weights, double[][] sums, double inertia, Farthest[] farthest) implements KMeansSum {
    /// A row and how far it is from its center. Of a cluster without rows the square is below 0.
    record Farthest(double square, double weight, double[] row) {
        static final Farthest NONE = new Farthest(-1, 0, new double[0]);
    }

    @Override
    public ClusterSums merge(KMeansSum other) {
        ClusterSums right = (ClusterSums) other;
        double[] total = weights.clone();
        double[][] totals = new double[sums.length][];
        Farthest[] far = farthest.clone();
        for (int c = 0; c < total.length; c++) {
            total[c] += right.weights[c];
            totals[c] = sums[c].clone();
            for (int j = 0; j < totals[c].length; j++) {
                totals[c][j] += right.sums[c][j];
            }
            far[c] = right.farthest[c].square > far[c].square ? right.farthest[c] : far[c];
        }
        return new ClusterSums(total, totals, inertia + right.inertia, far);
    }

    /// The means of clusters. One that has no rows gets the row that is farthest from its center, the second one the row that is farthest
    /// among those of other clusters, and so on; it stays where it is if all rows are at their centers.
    double[][] means(double[][] centers) {
        double[][] means = new double[centers.length][];
        int[] donors = IntStream.range(0, centers.length)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -farthest[c].square))
                .mapToInt(Integer::intValue)
                .toArray();
        int next = 0;
        double[] total = weights.clone();
        double[][] totals = Arrays.stream(sums).map(double[]::clone).toArray(double[][]::new);
        for (int c = 0; c < centers.length; c++) {
            if (weights[c] > 0) {
                continue;
            }
            Farthest moved = farthest[donors[next]];
            if (moved.square <= 0) {
                means[c] = centers[c];
                continue;
            }
            means[c] = moved.row;
            total[donors[next]] -= moved.weight;
            for (int j = 0; j < moved.row.length; j++) {
                totals[donors[next]][j] -= moved.weight * moved.row[j];
            }
            next++;
        }
        for (int c = 0; c < centers.length; c++) {
            double weight = total[c];
            if (weights[c] > 0) {
                means[c] = weight > 0
                        ? Arrays.stream(totals[c]).map(sum -> sum / weight).toArray()
                        : farthest[c].row;
            }
        }
        return means;
    }

    /// Sums up tiles.
    static final class Builder {
        private static final int WIDTH = 4;

        private final int featureCount;
        private final double[] weights;
        private final double[][] sums;
        private final Farthest[] farthest;
        private final NearestCenters centers;
        private final Products products = new Products();
        private final double[] four = new double[WIDTH];
        private final int[] starts;
        private double inertia;
        private int[] order = {};

        Builder(double[][] centers) {
            this.featureCount = centers[0].length;
            this.weights = new double[centers.length];
            this.sums = new double[centers.length][featureCount];
            this.farthest = new Farthest[centers.length];
            this.centers = new NearestCenters(centers);
            this.starts = new int[centers.length + 1];
            Arrays.fill(farthest, Farthest.NONE);
        }

        void add(double[][] columns, double[] rowWeights, int length) {
            centers.find(columns, length);
            inertia += products.dot(centers.squares(), rowWeights, length);
            sort(length);
            for (int c = 0; c < sums.length; c++) {
                addCluster(c, columns, rowWeights);
            }
        }

        /// Orders rows by cluster, so that the sums of one cluster are kept in registers.
        private void sort(int length) {
            if (order.length < length) {
                order = new int[length];
            }
            int[] nearest = centers.nearest();
            Arrays.fill(starts, 0);
            for (int row = 0; row < length; row++) {
                starts[nearest[row] + 1]++;
            }
            for (int c = 0; c < sums.length; c++) {
                starts[c + 1] += starts[c];
            }
            int[] next = Arrays.copyOf(starts, sums.length);
            for (int row = 0; row < length; row++) {
                order[next[nearest[row]]++] = row;
            }
        }

        private void addCluster(int cluster, double[][] columns, double[] rowWeights) {
            int start = starts[cluster];
            int end = starts[cluster + 1];
            int last = featureCount - 1;
            for (int j = 0; j < featureCount; j += WIDTH) {
                sum(
                        columns[j], columns[Math.min(j + 1, last)], columns[Math.min(j + 2, last)],
                        columns[Math.min(j + 3, last)], rowWeights, start, end);
                for (int a = 0; a < WIDTH && j + a < featureCount; a++) {
                    sums[cluster][j + a] += four[a];
                }
            }
            double[] squares = centers.squares();
            double weight = 0;
            int far = -1;
            double farSquare = farthest[cluster].square;
            for (int i = start; i < end; i++) {
                int row = order[i];
                weight += rowWeights[row];
                if (squares[row] > farSquare && rowWeights[row] > 0) {
                    far = row;
                    farSquare = squares[row];
                }
            }
            weights[cluster] += weight;
            if (far >= 0) {
                double[] row = new double[featureCount];
                for (int j = 0; j < featureCount; j++) {
                    row[j] = columns[j][far];
                }
                farthest[cluster] = new Farthest(farSquare, rowWeights[far], row);
            }
        }

        private void sum(
                double[] column0, double[] column1, double[] column2, double[] column3, double[] rowWeights, int start,
                int end) {
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            for (int i = start; i < end; i++) {
                int row = order[i];
                double weight = rowWeights[row];
                sum0 = Math.fma(weight, column0[row], sum0);
                sum1 = Math.fma(weight, column1[row], sum1);
                sum2 = Math.fma(weight, column2[row], sum2);
                sum3 = Math.fma(weight, column3[row], sum3);
            }
            four[0] = sum0;
            four[1] = sum1;
            four[2] = sum2;
            four[3] = sum3;
        }

        ClusterSums finish() {
            return new ClusterSums(weights, sums, inertia, farthest);
        }
    }
}

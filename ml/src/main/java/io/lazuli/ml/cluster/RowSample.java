package io.lazuli.ml.cluster;

import io.lazuli.ml.internal.numeric.Permutation;
import java.util.Arrays;

/// Rows drawn by chance, those that matter more likely than others, each with the weight of those that it stands for: all rows as long as
/// there are no more than the capacity. Each row has a key, its importance divided by a random number, and the greatest keys stay; so two
/// samples are merged as if their rows had been one.
///
/// **Source.** Duffield, Lund and Thorup, "Priority sampling for estimation of arbitrary subset sums" (2007).
///
/// @param columns     by feature, then row
/// @param weights     of the rows themselves
/// @param importances not below the weights
/// @param threshold   the greatest key of a row that was dropped; 0 if none was
record RowSample(int capacity, double[][] columns, double[] weights, double[] importances, double[] keys,
        double threshold) implements KMeansSum {
    int count() {
        return keys.length;
    }

    /// Whether all rows are there.
    boolean isWhole() {
        return threshold == 0;
    }

    /// For each row the weight of those that it stands for, which is right on average.
    double[] standing() {
        double[] standing = weights.clone();
        for (int row = 0; row < standing.length; row++) {
            standing[row] *= Math.max(1, threshold / importances[row]);
        }
        return standing;
    }

    @Override
    public RowSample merge(KMeansSum other) {
        RowSample right = (RowSample) other;
        double[][] all = new double[columns.length][];
        Arrays.setAll(all, j -> joined(columns[j], right.columns[j]));
        return new RowSample(
                capacity, all, joined(weights, right.weights), joined(importances, right.importances),
                joined(keys, right.keys), Math.max(threshold, right.threshold)).reduced();
    }

    private static double[] joined(double[] left, double[] right) {
        double[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    /// The rows with the greatest keys, in their order.
    private RowSample reduced() {
        double least = threshold;
        if (keys.length > capacity) {
            double[] sorted = keys.clone();
            Arrays.sort(sorted);
            least = Math.max(threshold, sorted[sorted.length - capacity - 1]);
        }
        int[] kept = new int[keys.length];
        int count = 0;
        for (int row = 0; row < keys.length; row++) {
            kept[count] = row;
            count += keys[row] > least ? 1 : 0;
        }
        int[] rows = Arrays.copyOf(kept, count);
        double[][] taken = new double[columns.length][];
        Arrays.setAll(taken, j -> taken(columns[j], rows));
        return new RowSample(
                capacity, taken, taken(weights, rows), taken(importances, rows), taken(keys, rows), least);
    }

    private static double[] taken(double[] values, int[] rows) {
        double[] taken = new double[rows.length];
        Arrays.setAll(taken, i -> values[rows[i]]);
        return taken;
    }

    /// Draws from tiles of one partition.
    static final class Builder {
        private static final long GOLDEN = 0x9E3779B97F4A7C15L;

        private final int capacity;
        private final double[][] columns;
        private final double[] weights;
        private final double[] importances;
        private final double[] keys;
        /// Differs by partition, as partitions know their first row only.
        private long state;
        private int count;
        private double threshold;

        Builder(int capacity, int featureCount, long seed) {
            this.capacity = capacity;
            this.columns = new double[featureCount][2 * capacity];
            this.weights = new double[2 * capacity];
            this.importances = new double[2 * capacity];
            this.keys = new double[2 * capacity];
            this.state = Permutation.mix(seed);
        }

        /// Adds rows whose importance is their weight times `1 + squares * factor`.
        void add(double[][] tile, double[] rowWeights, double[] squares, double factor, int length) {
            for (int j = 0; j < tile.length && length > 0; j++) {
                state = Permutation.mix(state + Double.doubleToLongBits(tile[j][0]));
            }
            for (int row = 0; row < length; row++) {
                state += GOLDEN;
                double chance = ((Permutation.mix(state) >>> 11) + 1) * 0x1p-53;
                double importance = rowWeights[row] * (1 + squares[row] * factor);
                if (importance > threshold * chance) {
                    add(tile, row, rowWeights[row], importance, importance / chance);
                }
            }
        }

        private void add(double[][] tile, int row, double weight, double importance, double key) {
            if (count == keys.length) {
                reduce();
            }
            for (int j = 0; j < columns.length; j++) {
                columns[j][count] = tile[j][row];
            }
            weights[count] = weight;
            importances[count] = importance;
            keys[count] = key;
            count++;
        }

        private RowSample taken() {
            double[][] taken = new double[columns.length][];
            Arrays.setAll(taken, j -> Arrays.copyOf(columns[j], count));
            return new RowSample(
                    capacity, taken, Arrays.copyOf(weights, count), Arrays.copyOf(importances, count),
                    Arrays.copyOf(keys, count), threshold).reduced();
        }

        private void reduce() {
            RowSample reduced = taken();
            count = reduced.count();
            threshold = reduced.threshold;
            for (int j = 0; j < columns.length; j++) {
                System.arraycopy(reduced.columns[j], 0, columns[j], 0, count);
            }
            System.arraycopy(reduced.weights, 0, weights, 0, count);
            System.arraycopy(reduced.importances, 0, importances, 0, count);
            System.arraycopy(reduced.keys, 0, keys, 0, count);
        }

        RowSample finish() {
            return taken();
        }
    }
}

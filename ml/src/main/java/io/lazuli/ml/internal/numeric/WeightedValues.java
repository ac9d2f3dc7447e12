package io.lazuli.ml.internal.numeric;

import java.util.Arrays;

/// Distinct numbers in ascending order, each with what it counts. No NaN; zeros have no sign.
///
/// @param weights as many as `values`, all positive
public record WeightedValues(double[] values, double[] weights) {
    public static final WeightedValues NONE = new WeightedValues(new double[0], new double[0]);

    public int count() {
        return values.length;
    }

    public double weight() {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /// Of numbers in any order; those that are NaN or count nothing are left out.
    public static WeightedValues of(double[] values, double[] weights, int length) {
        double[] sorted = new double[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            sorted[count] = values[i] + 0.0;
            count += weights[i] > 0 && values[i] == values[i] ? 1 : 0;
        }
        Arrays.sort(sorted, 0, count);
        return Products.isOnes(weights, length)
                ? counted(sorted, count)
                : summed(sorted, count, values, weights, length);
    }

    private static WeightedValues counted(double[] sorted, int length) {
        double[] counts = new double[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += i > 0 && sorted[i] == sorted[i - 1] ? 0 : 1;
            sorted[count - 1] = sorted[i];
            counts[count - 1]++;
        }
        return new WeightedValues(Arrays.copyOf(sorted, count), Arrays.copyOf(counts, count));
    }

    private static WeightedValues summed(
            double[] sorted, int sortedLength, double[] values, double[] weights, int length) {
        double[] distinct = counted(sorted, sortedLength).values;
        double[] sums = new double[distinct.length];
        for (int i = 0; i < length; i++) {
            if (weights[i] > 0 && values[i] == values[i]) {
                sums[Arrays.binarySearch(distinct, values[i] + 0.0)] += weights[i];
            }
        }
        return new WeightedValues(distinct, sums);
    }

    /// The numbers of both. Changes neither.
    public static WeightedValues merge(WeightedValues left, WeightedValues right) {
        if (left.count() == 0 || right.count() == 0) {
            return left.count() == 0 ? right : left;
        }
        double[] values = new double[left.count() + right.count()];
        double[] weights = new double[values.length];
        int l = 0;
        int r = 0;
        int count = 0;
        while (l < left.count() || r < right.count()) {
            boolean takesLeft = r == right.count() || l < left.count() && left.values[l] <= right.values[r];
            boolean takesRight = l == left.count() || r < right.count() && right.values[r] <= left.values[l];
            values[count] = takesLeft ? left.values[l] : right.values[r];
            weights[count] = (takesLeft ? left.weights[l] : 0) + (takesRight ? right.weights[r] : 0);
            l += takesLeft ? 1 : 0;
            r += takesRight ? 1 : 0;
            count++;
        }
        return new WeightedValues(Arrays.copyOf(values, count), Arrays.copyOf(weights, count));
    }

    /// Collects numbers. A few at a time are sorted, so that it takes room for distinct ones only, about.
    public static final class Builder {
        private static final int LEAST = 8192;

        private double[] values = new double[LEAST];
        private double[] weights = new double[LEAST];
        private int length;
        private WeightedValues sorted = NONE;

        public void add(double value, double weight) {
            if (length == values.length) {
                makeRoom();
            }
            values[length] = value;
            weights[length] = weight;
            length++;
        }

        private void makeRoom() {
            int distinct = finish().count();
            if (distinct > values.length) {
                values = new double[distinct];
                weights = new double[distinct];
            }
        }

        /// How many distinct ones there are, but for those that are not sorted yet.
        public int distinct() {
            return sorted.count();
        }

        /// All so far; more may follow.
        public WeightedValues finish() {
            sorted = merge(sorted, of(values, weights, length));
            length = 0;
            return sorted;
        }
    }
}

package io.lazuli.ml.internal.summary;

import io.lazuli.ml.internal.numeric.WeightedValues;

/// What some rows have in intervals of one feature: the numbers themselves while there are few distinct ones, else how many are in each
/// bucket.
///
/// @param buckets empty while numbers are there
record IntervalCounts(Intervals intervals, WeightedValues values, double[] buckets) {
    private static final int MOST_VALUES = 8192;

    private static IntervalCounts of(Intervals intervals, WeightedValues values) {
        return values.count() <= MOST_VALUES
                ? new IntervalCounts(intervals, values, new double[0])
                : new IntervalCounts(intervals, WeightedValues.NONE, counted(intervals, values));
    }

    private static double[] counted(Intervals intervals, WeightedValues values) {
        double[] buckets = new double[intervals.bucketCount()];
        for (int i = 0; i < values.count(); i++) {
            buckets[intervals.bucket(values.values()[i])] += values.weights()[i];
        }
        return buckets;
    }

    boolean hasValues() {
        return buckets.length == 0;
    }

    /// What all numbers count together.
    double weight() {
        double sum = values.weight();
        for (double bucket : buckets) {
            sum += bucket;
        }
        return sum;
    }

    /// Changes neither.
    static IntervalCounts merge(IntervalCounts left, IntervalCounts right) {
        Intervals intervals = left.intervals;
        if (left.hasValues() && right.hasValues()) {
            return of(intervals, WeightedValues.merge(left.values, right.values));
        }
        double[] sum = left.hasValues() ? counted(intervals, left.values) : left.buckets.clone();
        double[] other = right.hasValues() ? counted(intervals, right.values) : right.buckets;
        for (int bucket = 0; bucket < sum.length; bucket++) {
            sum[bucket] += other[bucket];
        }
        return new IntervalCounts(intervals, WeightedValues.NONE, sum);
    }

    /// Counts rows.
    static final class Builder {
        private final Intervals intervals;
        private WeightedValues.Builder values = new WeightedValues.Builder();
        /// Empty while numbers are collected.
        private double[] buckets = {};

        Builder(Intervals intervals) {
            this.intervals = intervals;
        }

        void add(double[] from, double[] weights, int length) {
            int row = 0;
            for (; row < length && buckets.length == 0; row++) {
                if (from[row] == from[row] && weights[row] > 0 && intervals.interval(from[row]) >= 0) {
                    collect(from[row], weights[row]);
                }
            }
            for (; row < length; row++) {
                int bucket = from[row] == from[row] ? intervals.bucket(from[row]) : -1;
                if (bucket >= 0) {
                    buckets[bucket] += weights[row];
                }
            }
        }

        private void collect(double value, double weight) {
            values.add(value, weight);
            if (values.distinct() > MOST_VALUES) {
                buckets = counted(intervals, values.finish());
                values = new WeightedValues.Builder();
            }
        }

        IntervalCounts finish() {
            return buckets.length == 0
                    ? of(intervals, values.finish())
                    : new IntervalCounts(intervals, WeightedValues.NONE, buckets);
        }
    }
}

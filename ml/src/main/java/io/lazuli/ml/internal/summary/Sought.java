package io.lazuli.ml.internal.summary;

import io.lazuli.ml.internal.numeric.WeightedValues;
import java.util.Arrays;

/// Numbers of one feature by their rank, as far as they are known.
///
/// @param ranks     from 0, ascending; a number has a rank if the weight of those up to it is greater
/// @param found     by rank; NaN where the number is not known yet
/// @param intervals those that the others are in
/// @param below     by interval, the weight of all smaller numbers
record Sought(double[] ranks, double[] found, Intervals intervals, double[] below) {
    static Sought of(double[] ranks) {
        double[] found = new double[ranks.length];
        Arrays.fill(found, Double.NaN);
        return new Sought(ranks, found, Intervals.all(), new double[1]);
    }

    boolean isFound() {
        return intervals.prefixes().length == 0;
    }

    /// What is known after a pass.
    Sought after(IntervalCounts counts) {
        if (isFound()) {
            return this;
        }
        return counts.hasValues() ? named(counts.values()) : narrowed(counts.buckets());
    }

    private Sought named(WeightedValues values) {
        double[] known = found.clone();
        int rank = 0;
        int interval = -1;
        double upTo = 0;
        for (int i = 0; i < values.count(); i++) {
            int at = intervals.interval(values.values()[i]);
            upTo = (at == interval ? upTo : below[at]) + values.weights()[i];
            interval = at;
            for (; rank < ranks.length && (known[rank] == known[rank] || ranks[rank] < upTo); rank++) {
                known[rank] = known[rank] == known[rank] ? known[rank] : values.values()[i];
            }
        }
        // Rounding of weights that are no whole numbers may leave the last rank behind all numbers.
        for (; rank < ranks.length && values.count() > 0; rank++) {
            known[rank] = known[rank] == known[rank] ? known[rank] : values.values()[values.count() - 1];
        }
        return new Sought(ranks, known, Intervals.NONE, new double[0]);
    }

    private Sought narrowed(double[] buckets) {
        double[] known = found.clone();
        long[] prefixes = new long[ranks.length];
        double[] under = new double[ranks.length];
        int count = 0;
        int rank = 0;
        int lastFilled = -1;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            lastFilled = buckets[bucket] > 0 ? bucket : lastFilled;
        }
        double start = 0;
        for (int bucket = 0; bucket <= lastFilled; bucket++) {
            start = bucket % intervals.bucketsEach() == 0 ? below[bucket / intervals.bucketsEach()] : start;
            double end = bucket == lastFilled ? Double.POSITIVE_INFINITY : start + buckets[bucket];
            boolean isWanted = false;
            for (; buckets[bucket] > 0 && rank < ranks.length && (known[rank] == known[rank] || ranks[rank] < end);
                    rank++) {
                if (known[rank] != known[rank] && intervals.isExact()) {
                    known[rank] = Intervals.number(intervals.prefix(bucket));
                } else {
                    isWanted |= known[rank] != known[rank];
                }
            }
            if (isWanted) {
                prefixes[count] = intervals.prefix(bucket);
                under[count] = start;
                count++;
            }
            start += buckets[bucket];
        }
        return new Sought(
                ranks, known,
                count == 0 ? Intervals.NONE : Intervals.of(Arrays.copyOf(prefixes, count), intervals.shift()),
                Arrays.copyOf(under, count));
    }
}

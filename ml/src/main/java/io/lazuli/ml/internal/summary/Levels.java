package io.lazuli.ml.internal.summary;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.numeric.WeightedValues;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The values of a column, each with what it counts.
///
/// @param values  ascending, all of which some row has
/// @param weights one for each
/// @param missing what rows without a value count
public record Levels(Classes values, double[] weights, double missing) {
    public double weight() {
        double sum = missing;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /// A value of a column of numbers.
    public double number(int index) {
        return ((Classes.Numbers) values).values()[index];
    }

    /// The values of both. Changes neither.
    public static Levels merge(Levels left, Levels right) {
        double missing = left.missing + right.missing;
        if (left.values.count() == 0 || right.values.count() == 0) {
            Levels one = left.values.count() == 0 ? right : left;
            return new Levels(one.values, one.weights, missing);
        }
        if (left.values instanceof Classes.Numbers(double[] values)
                && right.values instanceof Classes.Numbers(double[] others)) {
            WeightedValues sum = WeightedValues.merge(
                    new WeightedValues(values, left.weights), new WeightedValues(others, right.weights));
            return new Levels(new Classes.Numbers(sum.values()), sum.weights(), missing);
        }
        Map<String, Double> sum = new TreeMap<>();
        left.addTo(sum);
        right.addTo(sum);
        return of(sum, missing);
    }

    private void addTo(Map<String, Double> sum) {
        for (int i = 0; i < weights.length; i++) {
            sum.merge(values.name(i), weights[i], Double::sum);
        }
    }

    private static Levels of(Map<String, Double> weights, double missing) {
        return new Levels(
                new Classes.Texts(List.copyOf(weights.keySet())),
                weights.values().stream().mapToDouble(Double::doubleValue).toArray(), missing);
    }

    /// Counts the rows of one partition. Rows that count nothing are not there.
    public sealed interface Counter {
        /// @param texts that values stand for; empty if they are numbers
        static Counter of(List<String> texts) {
            return texts.isEmpty() ? new OfNumbers() : new OfTexts(texts);
        }

        void add(double[] values, double[] weights, int length);

        /// How many distinct values there are, but for some that came last.
        int distinct();

        Levels finish();
    }

    private static final class OfNumbers implements Counter {
        private final WeightedValues.Builder numbers = new WeightedValues.Builder();
        private double missing;
        /// Of neighbours that are equal, which are counted at once.
        private double value = Double.NaN;
        private double weight;

        @Override
        public void add(double[] values, double[] weights, int length) {
            for (int row = 0; row < length; row++) {
                if (values[row] == value) {
                    weight += weights[row];
                } else if (values[row] == values[row]) {
                    flush();
                    value = values[row];
                    weight = weights[row];
                } else {
                    missing += weights[row];
                }
            }
        }

        private void flush() {
            if (weight > 0) {
                numbers.add(value, weight);
            }
            weight = 0;
        }

        @Override
        public int distinct() {
            return numbers.distinct();
        }

        @Override
        public Levels finish() {
            flush();
            WeightedValues all = numbers.finish();
            return new Levels(new Classes.Numbers(all.values()), all.weights(), missing);
        }
    }

    private static final class OfTexts implements Counter {
        private final List<String> texts;
        private final double[] byCode;
        private double missing;

        OfTexts(List<String> texts) {
            this.texts = texts;
            this.byCode = new double[texts.size()];
        }

        @Override
        public void add(double[] values, double[] weights, int length) {
            for (int row = 0; row < length; row++) {
                if (values[row] == values[row]) {
                    byCode[(int) values[row]] += weights[row];
                } else {
                    missing += weights[row];
                }
            }
        }

        @Override
        public int distinct() {
            return texts.size();
        }

        @Override
        public Levels finish() {
            Map<String, Double> sum = new TreeMap<>();
            for (int code = 0; code < byCode.length; code++) {
                if (byCode[code] > 0) {
                    sum.put(texts.get(code), byCode[code]);
                }
            }
            return of(sum, missing);
        }
    }
}

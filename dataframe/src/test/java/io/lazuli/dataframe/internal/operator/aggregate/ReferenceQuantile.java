package io.lazuli.dataframe.internal.operator.aggregate;

import java.util.List;

/// A quantile by sorting.
public final class ReferenceQuantile {
    private ReferenceQuantile() {}

    /// The quantile of doubles, null if there are none.
    public static Double of(List<Object> values, double fraction) {
        List<Double> sorted = values.stream().map(value -> (Double) value + 0.0).sorted().toList();
        if (sorted.isEmpty()) {
            return null;
        }
        double position = (sorted.size() - 1) * fraction;
        int rank = (int) Math.floor(position);
        double rest = position - rank;
        double below = sorted.get(rank);
        double above = sorted.get(Math.min(rank + 1, sorted.size() - 1));
        return rest == 0 || below == above ? below : below * (1 - rest) + above * rest;
    }
}

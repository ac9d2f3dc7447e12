package io.lazuli.ml.internal.summary;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Quantiles of each feature, exact for any number of rows: between two numbers they are interpolated, as numpy's `linear` does.
///
/// A pass keeps a feature's numbers if there are few distinct ones, and then is the last; else it counts them in buckets, of which the
/// next pass looks only at those that a wanted number is in. So it takes a fixed room, and passes grow with the logarithm of rows: one or
/// two up to some ten thousand rows, three or four for millions.
public record FeatureQuantiles(
        Wanted wanted) implements Fit<FeatureQuantiles.State, FeatureQuantiles.Sum, FeatureQuantiles.Result> {
    /// By feature, then share; NaN where a feature has no values.
    public record Result(Features features, double[] shares, List<double[]> quantiles) {}

    /// @param shares  empty before the first pass
    /// @param weights by feature, of its values; empty before the first pass
    /// @param sought  by feature; empty before the first pass
    record State(Features features, double[] shares, double[] weights, List<Sought> sought) {
        Intervals intervals(int feature) {
            return sought.isEmpty() ? Intervals.all() : sought.get(feature).intervals();
        }
    }

    record Sum(double rows, List<IntervalCounts> counts) {}

    @Override
    public String name() {
        return "quantiles";
    }

    @Override
    public State start(Shape shape) {
        return new State(shape.features(), new double[0], new double[0], List.of());
    }

    @Override
    public Sum pass(State state, Rows rows) {
        List<IntervalCounts.Builder> builders = IntStream.range(0, state.features.count())
                .mapToObj(j -> new IntervalCounts.Builder(state.intervals(j)))
                .toList();
        double[] weight = {0};
        rows.forEachTile(tile -> {
            weight[0] += Products.sum(tile.weights(), tile.length());
            for (int j = 0; j < builders.size(); j++) {
                builders.get(j).add(tile.feature(j), tile.weights(), tile.length());
            }
        });
        return new Sum(weight[0], builders.stream().map(IntervalCounts.Builder::finish).toList());
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return new Sum(
                left.rows + right.rows,
                IntStream.range(0, left.counts.size())
                        .mapToObj(j -> IntervalCounts.merge(left.counts.get(j), right.counts.get(j)))
                        .toList());
    }

    @Override
    public Step<State, Result> next(State state, Sum sum) {
        if (sum.rows == 0) {
            throw MlErrors.noRows();
        }
        State known = state.sought.isEmpty() ? ranked(state.features, sum) : state;
        List<Sought> sought = new ArrayList<>();
        for (int j = 0; j < known.features.count(); j++) {
            sought.add(known.sought.get(j).after(sum.counts.get(j)));
        }
        if (sought.stream().allMatch(Sought::isFound)) {
            return new Step.Done<>(result(known, sought));
        }
        return new Step.Again<>(new State(known.features, known.shares, known.weights, sought));
    }

    private State ranked(Features features, Sum sum) {
        double[] shares = wanted.shares(sum.rows);
        double[] weights = sum.counts.stream().mapToDouble(IntervalCounts::weight).toArray();
        List<Sought> sought = Arrays.stream(weights).mapToObj(weight -> Sought.of(ranks(shares, weight))).toList();
        return new State(features, shares, weights, sought);
    }

    /// The ranks on both sides of each quantile.
    private static double[] ranks(double[] shares, double weight) {
        return DoubleStream.of(shares)
                .flatMap(share -> DoubleStream.of(lower(share, weight), upper(share, weight)))
                .sorted()
                .distinct()
                .toArray();
    }

    private static double place(double share, double weight) {
        return Math.max(0, (weight - 1) * share);
    }

    private static double lower(double share, double weight) {
        return Math.floor(place(share, weight));
    }

    private static double upper(double share, double weight) {
        return Math.max(0, Math.min(lower(share, weight) + 1, Math.ceil(weight) - 1));
    }

    private static Result result(State state, List<Sought> sought) {
        List<double[]> quantiles = new ArrayList<>();
        for (int j = 0; j < sought.size(); j++) {
            double weight = state.weights[j];
            Sought found = sought.get(j);
            quantiles.add(
                    DoubleStream.of(state.shares)
                            .map(share -> between(
                                    value(found, lower(share, weight)), value(found, upper(share, weight)),
                                    place(share, weight) - lower(share, weight)))
                            .toArray());
        }
        return new Result(state.features, state.shares, quantiles);
    }

    private static double value(Sought sought, double rank) {
        return sought.found()[Arrays.binarySearch(sought.ranks(), rank)];
    }

    /// From the nearer end, as numpy does.
    private static double between(double left, double right, double share) {
        if (left == right) {
            return left;
        }
        return share < 0.5 ? left + (right - left) * share : right - (right - left) * (1 - share);
    }
}

package io.lazuli.ml.internal.summary;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import java.util.List;
import java.util.stream.IntStream;

/// The values that each feature has, and how often. One pass; room for all distinct values, of which a feature may have a million.
public record FeatureLevels() implements Fit<Shape, FeatureLevels.Sums, FeatureLevels.Result> {
    private static final int MOST = 1_000_000;

    /// By feature.
    public record Result(Features features, List<Levels> levels) {}

    record Sums(Features features, long rows, List<Levels> levels) {
        Sums {
            for (int j = 0; j < levels.size(); j++) {
                check(features, j, levels.get(j).values().count());
            }
        }
    }

    private static void check(Features features, int feature, int count) {
        if (count > MOST) {
            throw MlErrors.tooManyLevels(features.get(feature).name(), MOST);
        }
    }

    @Override
    public String name() {
        return "values";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public boolean takesTexts() {
        return true;
    }

    @Override
    public Shape start(Shape shape) {
        return shape;
    }

    @Override
    public Sums pass(Shape shape, Rows rows) {
        List<Levels.Counter> counters = IntStream.range(0, rows.featureCount())
                .mapToObj(j -> Levels.Counter.of(rows.texts(j)))
                .toList();
        rows.forEachTile(tile -> {
            for (int j = 0; j < counters.size(); j++) {
                counters.get(j).add(tile.feature(j), tile.weights(), tile.length());
                check(shape.features(), j, counters.get(j).distinct());
            }
        });
        return new Sums(shape.features(), rows.count(), counters.stream().map(Levels.Counter::finish).toList());
    }

    @Override
    public Sums merge(Sums left, Sums right) {
        return new Sums(
                left.features, left.rows + right.rows,
                IntStream.range(0, left.levels.size())
                        .mapToObj(j -> Levels.merge(left.levels.get(j), right.levels.get(j)))
                        .toList());
    }

    @Override
    public Step<Shape, Result> next(Shape shape, Sums sum) {
        if (sum.rows == 0) {
            throw MlErrors.noRows();
        }
        return new Step.Done<>(new Result(shape.features(), sum.levels));
    }
}

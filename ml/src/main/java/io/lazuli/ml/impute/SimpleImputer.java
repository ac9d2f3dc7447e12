package io.lazuli.ml.impute;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Features.Kind;
import io.lazuli.ml.internal.summary.FeatureLevels;
import io.lazuli.ml.internal.summary.FeatureMoments;
import io.lazuli.ml.internal.summary.FeatureNames;
import io.lazuli.ml.internal.summary.FeatureQuantiles;
import io.lazuli.ml.internal.summary.Levels;
import io.lazuli.ml.internal.summary.Wanted;
import java.util.List;

/// Puts a value where one is missing: a feature's mean, median or most frequent value, or one that is given.
///
/// ```java
/// Pipeline.of(SimpleImputer.median(), new StandardScaler())
/// ```
///
/// A feature without any value is left out, unless the value is given. The first of several most frequent values is taken.
///
/// **Units and types.** Numbers; texts too for the most frequent and for given values, and they stay texts. **Cost.** Mean: one pass, which
/// [io.lazuli.ml.preprocessing.StandardScaler] shares on the same rows. Median: exact, one or two passes up to some ten thousand
/// rows, three or four for millions. Most frequent: one pass, room for all distinct values, of which a feature may have a million.
/// Given: nothing.
///
/// **Source.** scikit-learn `SimpleImputer`.
///
/// @param fillNumber for numbers, if the value is given
/// @param fillText   for texts, if the value is given
public record SimpleImputer(Strategy strategy, double fillNumber, String fillText) implements Estimator<ImputerModel> {
    public static final Param<SimpleImputer, Strategy> STRATEGY =
            Param.of(SimpleImputer.class, "strategy", SimpleImputer::strategy, SimpleImputer::withStrategy);

    /// What is put where a value is missing.
    public enum Strategy {
        MEAN,
        MEDIAN,
        MOST_FREQUENT,
        CONSTANT
    }

    public SimpleImputer() {
        this(Strategy.MEAN, 0, "missing_value");
    }

    public static SimpleImputer mean() {
        return new SimpleImputer();
    }

    public static SimpleImputer median() {
        return new SimpleImputer().withStrategy(Strategy.MEDIAN);
    }

    public static SimpleImputer mostFrequent() {
        return new SimpleImputer().withStrategy(Strategy.MOST_FREQUENT);
    }

    /// Texts are filled with `missing_value`.
    public static SimpleImputer constant(double fillNumber) {
        return new SimpleImputer(Strategy.CONSTANT, fillNumber, "missing_value");
    }

    /// Numbers are filled with 0.
    public static SimpleImputer constant(String fillText) {
        return new SimpleImputer(Strategy.CONSTANT, 0, fillText);
    }

    public SimpleImputer withStrategy(Strategy strategy) {
        return new SimpleImputer(strategy, fillNumber, fillText);
    }

    @Override
    public Lazy<ImputerModel> plan(Dataset data) {
        return switch (strategy) {
            case MEAN -> data.fit(new FeatureMoments()).then(name(), new Mean());
            case MEDIAN -> data.fit(new FeatureQuantiles(new Wanted.These(List.of(0.5)))).then(name(), new Median());
            case MOST_FREQUENT -> data.fit(new FeatureLevels()).then(name(), new MostFrequent());
            case CONSTANT -> data.fit(new FeatureNames()).then(name(), new Constant(fillNumber, fillText));
        };
    }

    private record Mean() implements Function1<FeatureMoments.Result, ImputerModel> {
        @Override
        public ImputerModel apply(FeatureMoments.Result found) {
            return ImputerModel.ofNumbers(found.features(), found.means());
        }
    }

    private record Median() implements Function1<FeatureQuantiles.Result, ImputerModel> {
        @Override
        public ImputerModel apply(FeatureQuantiles.Result found) {
            return ImputerModel.ofNumbers(
                    found.features(), found.quantiles().stream().mapToDouble(each -> each[0]).toArray());
        }
    }

    private record MostFrequent() implements Function1<FeatureLevels.Result, ImputerModel> {
        @Override
        public ImputerModel apply(FeatureLevels.Result found) {
            return ImputerModel.of(
                    found.features(),
                    j -> found.levels().get(j).weights().length == 0
                            ? ImputerModel.Fill.NONE
                            : fill(found.features(), j, found.levels().get(j)));
        }

        private static ImputerModel.Fill fill(Features features, int feature, Levels levels) {
            int best = 0;
            for (int i = 1; i < levels.weights().length; i++) {
                best = levels.weights()[i] > levels.weights()[best] ? i : best;
            }
            return features.get(feature).kind() == Kind.TEXT
                    ? new ImputerModel.Fill.Text(levels.values().name(best))
                    : new ImputerModel.Fill.Number(levels.number(best));
        }
    }

    private record Constant(double fillNumber, String fillText) implements Function1<Features, ImputerModel> {
        @Override
        public ImputerModel apply(Features features) {
            return ImputerModel.of(
                    features,
                    j -> features.get(j).kind() == Kind.TEXT
                            ? new ImputerModel.Fill.Text(fillText)
                            : new ImputerModel.Fill.Number(fillNumber));
        }
    }
}

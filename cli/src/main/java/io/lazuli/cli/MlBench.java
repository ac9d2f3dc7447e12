package io.lazuli.cli;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.linear.LinearRegression;
import io.lazuli.ml.linear.LogisticRegression;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.model.Transform;
import io.lazuli.ml.preprocessing.StandardScaler;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// The benchmark of estimators and searches. Rows are in memory before the clock starts; a fit is timed, its score is not.
final class MlBench {
    private final Path directory;
    private final String size;

    MlBench(Path directory, String size) {
        this.directory = directory;
        this.size = size;
    }

    /// A question.
    ///
    /// @param fit   what is timed
    /// @param score what the model is worth
    record Question<M>(Supplier<M> fit, ToDoubleFunction<M> score) {}

    /// Reads the rows of a question; empty if there is none of that name.
    Optional<Question<? extends Predictor>> question(String name) {
        return switch (name) {
            case "logreg" -> Optional.of(logistic());
            case "linreg" ->
                Optional.of(question(new LinearRegression(), rows("reg"), rows("reg_test"), Metrics.r2()));
            default -> Optional.empty();
        };
    }

    private static <M extends Predictor> Question<M> question(
            Estimator<M> estimator, Dataset train, Dataset test, Metric<?> metric) {
        return new Question<>(() -> estimator.fit(train), model -> test.score(model, metric));
    }

    private Question<? extends Predictor> logistic() {
        Dataset train = rows("train");
        Lazy<? extends Transform> scaler = Lazy.of(new StandardScaler().fit(train));
        return question(
                new LogisticRegression().withC(1e5 / rowCount()),
                train.transform(scaler).persist(), rows("test").transform(scaler).persist(), Metrics.accuracy());
    }

    private double rowCount() {
        return switch (size) {
            case "M" -> 1e5;
            case "L" -> 1e6;
            default -> 1e4;
        };
    }

    private Dataset rows(String name) {
        DataFrame frame = DataFrame.readCsv(directory.resolve(name + ".csv").toString());
        Dataset rows = Dataset.of(frame);
        return (frame.schema().find("y").isPresent() ? rows.withTarget("y") : rows).persist();
    }
}

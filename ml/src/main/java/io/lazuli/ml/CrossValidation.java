package io.lazuli.ml;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.function.Function1;
import io.lazuli.ml.internal.data.TableBlock;
import io.lazuli.ml.internal.data.TableBlock.Column;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.selection.Splitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How good an estimator is on rows that it was not fitted to, on each split.
///
/// ```java
/// double accuracy = CrossValidation.of(new LogisticRegression()).fit(data).mean("accuracy");
/// ```
///
/// Immutable.
///
/// **Source.** scikit-learn `cross_validate`.
public final class CrossValidation {
    private final Estimator<? extends Predictor> estimator;
    private final SearchOptions options;

    private CrossValidation(Estimator<? extends Predictor> estimator, SearchOptions options) {
        this.estimator = estimator;
        this.options = options;
    }

    /// On five splits: by accuracy if it predicts classes, which then are in each split as in all rows, else by R².
    public static CrossValidation of(Estimator<? extends Predictor> estimator) {
        return new CrossValidation(estimator, SearchOptions.defaults(estimator));
    }

    public CrossValidation withSplitter(Splitter splitter) {
        return new CrossValidation(estimator, options.withSplitter(splitter));
    }

    public CrossValidation withMetrics(Metric<?>... metrics) {
        return new CrossValidation(estimator, options.withMetrics(List.of(metrics)));
    }

    /// The scores to be. **Lazy.** Nothing is read.
    public Lazy<Scores> plan(Dataset data) {
        Dataset rows = Learning.rows(estimator, data);
        List<Lazy<double[]>> scores = rows.split(options.splitter()).stream()
                .map(split -> Learning.scores(estimator, split, options.metrics()))
                .toList();
        return Lazy.join("cross validation", scores, new Collect(options.metricNames()));
    }

    /// Fits and tests on each split, and waits.
    public Scores fit(Dataset data) {
        return plan(data).compute();
    }

    private record Collect(List<String> metrics) implements Function1<List<double[]>, Scores> {
        @Override
        public Scores apply(List<double[]> scores) {
            return new Scores(metrics, scores.stream().map(each -> Arrays.stream(each).boxed().toList()).toList());
        }
    }

    /// The scores of each split.
    ///
    /// @param bySplit by split, then metric
    public record Scores(List<String> metrics, List<List<Double>> bySplit) {
        public Scores {
            metrics = List.copyOf(metrics);
            bySplit = List.copyOf(bySplit);
        }

        /// One for each split. **Errors.** IllegalArgumentException if there is no such metric.
        public double[] of(String metric) {
            int index = metrics.indexOf(metric);
            if (index < 0) {
                throw new IllegalArgumentException("no metric '%s', there are %s".formatted(metric, metrics));
            }
            return bySplit.stream().mapToDouble(scores -> scores.get(index)).toArray();
        }

        /// The mean over splits.
        public double mean(String metric) {
            return Arrays.stream(of(metric)).average().orElseThrow();
        }

        /// A row for each split, a column for each metric.
        public DataFrame table() {
            List<Column> columns = new ArrayList<>();
            columns.add(Column.ofNumbers("split", IntStream.range(0, bySplit.size()).asDoubleStream().toArray()));
            metrics.forEach(metric -> columns.add(Column.ofNumbers(metric, of(metric))));
            return TableBlock.frame(columns, "cross validation");
        }
    }
}

package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.selection.KFold;
import io.lazuli.ml.selection.Splitter;
import io.lazuli.ml.selection.StratifiedKFold;
import java.util.List;

/// How candidates are compared.
///
/// @param metrics the first one decides
record SearchOptions(Splitter splitter, List<Metric<?>> metrics) {
    SearchOptions {
        metrics = List.copyOf(metrics);
        if (metrics.isEmpty()) {
            throw MlErrors.noMetrics();
        }
    }

    static SearchOptions defaults(Estimator<?> estimator) {
        return estimator.classifies()
                ? new SearchOptions(StratifiedKFold.of(5), List.of(Metrics.accuracy()))
                : new SearchOptions(KFold.of(5), List.of(Metrics.r2()));
    }

    boolean isGreaterBetter() {
        return metrics.getFirst().isGreaterBetter();
    }

    List<String> metricNames() {
        return metrics.stream().<String>map(Metric::name).toList();
    }

    SearchOptions withSplitter(Splitter splitter) {
        return new SearchOptions(splitter, metrics);
    }

    SearchOptions withMetrics(List<Metric<?>> metrics) {
        return new SearchOptions(splitter, metrics);
    }
}

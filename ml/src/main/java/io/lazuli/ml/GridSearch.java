package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.selection.Splitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Every combination of some parameters' values, each fitted and tested on every split; the best one is fitted again to all rows.
///
/// ```java
/// SearchResult<LinearModel> result = GridSearch.of(new Ridge())
///         .over(Ridge.ALPHA, 0.1, 1.0, 10.0)
///         .withSplitter(KFold.of(5).shuffled(42))
///         .fit(data);
/// ```
///
/// All fits are one graph, in which what is equal is done once: the transformers that candidates share, the data that all of them read. A
/// candidate that fails gets no score; its error is in the result.
///
/// Immutable.
///
/// **Source.** scikit-learn `GridSearchCV`.
public final class GridSearch<M extends Predictor> {
    private final List<Candidate<M>> candidates;
    private final SearchOptions options;

    private GridSearch(List<Candidate<M>> candidates, SearchOptions options) {
        this.candidates = List.copyOf(candidates);
        this.options = options;
    }

    /// A search of one candidate so far.
    public static <M extends Predictor> GridSearch<M> of(Estimator<M> estimator) {
        return new GridSearch<>(
                List.of(Candidate.of(estimator)), SearchOptions.defaults(estimator));
    }

    /// Each candidate so far with each of some values. **Errors.** USER if the parameter is that of no step, or of several; or if a step
    /// does not take a value.
    @SafeVarargs
    public final <E, V> GridSearch<M> over(Param<E, V> param, V... values) {
        if (values.length == 0) {
            throw MlErrors.noValues(param.toString());
        }
        List<Candidate<M>> all = new ArrayList<>();
        for (Candidate<M> candidate : candidates) {
            Arrays.stream(values).forEach(value -> all.add(candidate.with(param, value)));
        }
        return new GridSearch<>(all, options);
    }

    public GridSearch<M> withSplitter(Splitter splitter) {
        return new GridSearch<>(candidates, options.withSplitter(splitter));
    }

    /// What candidates are measured by; the first one decides which is the best.
    public GridSearch<M> withMetrics(Metric<?>... metrics) {
        return new GridSearch<>(candidates, options.withMetrics(List.of(metrics)));
    }

    /// In the order of the last parameter first.
    public List<Candidate<M>> candidates() {
        return candidates;
    }

    /// How the candidates will do on the data. **Lazy.** Nothing is read.
    public Lazy<SearchResult<M>> plan(Dataset data) {
        return Search.plan(candidates, options, data);
    }

    /// Compares the candidates, fits the best one to all rows, and waits.
    ///
    /// **Errors.** As those of the first candidate if all of them fail.
    public SearchResult<M> fit(Dataset data) {
        return plan(data).compute();
    }
}

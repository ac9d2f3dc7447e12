package io.lazuli.ml;

import io.lazuli.graph.Upstream;
import io.lazuli.graph.function.Function1;
import io.lazuli.ml.internal.data.Partitions;
import io.lazuli.ml.internal.fit.Decisions;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.List;

/// Compares candidates in one graph, at the end of which the best one is fitted to all rows.
///
/// ```
///   rows --> folds --> fits of all candidates --> scores --> decide --expands to--> fit of the best --> result
///     '------------------------------------------------------^ kept
/// ```
final class Search {
    private Search() {}

    static <M extends Predictor> Lazy<SearchResult<M>> plan(
            List<Candidate<M>> candidates, SearchOptions options, Dataset data) {
        Dataset rows = Learning.rows(candidates.getFirst().estimator(), data);
        List<Upstream> scores = new ArrayList<>();
        List<Split> splits = rows.split(options.splitter());
        candidates.forEach(candidate -> splits.forEach(
                split -> scores.add(Learning.scores(candidate.estimator(), split, options.metrics()).value())));
        return rows.decide("search", scores, new Refit<>(candidates, options));
    }

    /// Fits the best candidate.
    private record Refit<M extends Predictor>(List<Candidate<M>> candidates,
            SearchOptions options) implements Dataset.Decision<SearchResult<M>> {
        @Override
        public Lazy<SearchResult<M>> decide(List<Object> scores, Dataset rows) {
            List<SearchRow<M>> table = SearchRow.table(candidates, scores);
            return best(table, options, rows);
        }
    }

    /// The best of a table fitted to all rows, with the table.
    ///
    /// **Errors.** Those of the first candidate if all failed.
    static <M extends Predictor> Lazy<SearchResult<M>> best(
            List<SearchRow<M>> table, SearchOptions options, Dataset rows) {
        int best = SearchRow.best(table, options.isGreaterBetter());
        Lazy<M> model = table.get(best).candidate().estimator().plan(rows);
        return model.then("search", new Assemble<>(options.metricNames(), table, best));
    }

    private record Assemble<M extends Predictor>(List<String> metrics, List<SearchRow<M>> rows,
            int best) implements Function1<M, SearchResult<M>> {
        @Override
        public SearchResult<M> apply(M model) {
            return new SearchResult<>(metrics, rows, best, model);
        }
    }
}

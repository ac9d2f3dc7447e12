package io.lazuli.ml;

import io.lazuli.graph.Upstream;
import io.lazuli.graph.function.Function1;
import io.lazuli.ml.internal.fit.Failure;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Compares candidates in one graph, at the end of which the best one is fitted to all rows.
///
/// ```
///   rows --> folds --> fits of all candidates --> scores --> decide --expands to--> fit of the best --> result
///     '------------------------------------------------------^ kept
/// ```
final class Search {
    private Search() {}

    /// Of candidates that all get all rows.
    static <M extends Predictor> Lazy<SearchResult<M>> plan(
            List<Candidate<M>> candidates, SearchOptions options, Dataset data) {
        Dataset rows = rows(candidates, data);
        return rows.decide("search", scores(candidates, options, rows.split(options.splitter())),
                new FitBest<>(candidates, options));
    }

    /// The rows as candidates look at their target.
    static Dataset rows(List<? extends Candidate<?>> candidates, Dataset data) {
        return Learning.rows(candidates.getFirst().estimator(), data);
    }

    /// The scores of each candidate on each split, a candidate after the other.
    static <M extends Predictor> List<Upstream> scores(
            List<Candidate<M>> candidates, SearchOptions options, List<Split> splits) {
        List<Upstream> scores = new ArrayList<>();
        candidates.forEach(candidate -> splits.forEach(
                split -> scores.add(Learning.scores(candidate.estimator(), split, options.metrics()).value())));
        return scores;
    }

    private record FitBest<M extends Predictor>(List<Candidate<M>> candidates,
            SearchOptions options) implements Dataset.Decision<SearchResult<M>> {
        @Override
        public Lazy<SearchResult<M>> decide(List<Object> scores, Dataset rows) {
            return best(SearchRow.table(candidates, scores, 1), options, rows);
        }
    }

    /// Of tables that are being made: the best of those that got most is fitted to all rows.
    static <M extends Predictor> Lazy<SearchResult<M>> ofTables(
            List<Lazy<List<SearchRow<M>>>> tables, SearchOptions options, Dataset rows) {
        return rows.decide("search", tables.stream().<Upstream>map(Lazy::value).toList(), new FitBestOf<>(options));
    }

    private record FitBestOf<M extends Predictor>(SearchOptions options) implements Dataset.Decision<SearchResult<M>> {
        @Override
        @SuppressWarnings("unchecked")
        public Lazy<SearchResult<M>> decide(List<Object> tables, Dataset rows) {
            List<SearchRow<M>> all = new ArrayList<>();
            for (Object table : tables) {
                if (table instanceof Failure failure) {
                    throw failure.exception();
                }
                all.addAll((List<SearchRow<M>>) table);
            }
            return best(all, options, rows);
        }
    }

    /// The best of a table fitted to all rows, with the table.
    ///
    /// **Errors.** Those of the first candidate if all failed.
    private static <M extends Predictor> Lazy<SearchResult<M>> best(
            List<SearchRow<M>> table, SearchOptions options, Dataset rows) {
        double most = table.stream().mapToDouble(SearchRow::resource).max().orElseThrow();
        List<SearchRow<M>> last = table.stream().filter(row -> row.resource() == most).toList();
        SearchRow<M> winner = last.get(SearchRow.best(last, options.isGreaterBetter()));
        int best = IntStream.range(0, table.size()).filter(i -> table.get(i) == winner).findFirst().orElseThrow();
        return winner.candidate().estimator().plan(rows).then(
                "search", new Assemble<>(options.metricNames(), table, best));
    }

    private record Assemble<M extends Predictor>(List<String> metrics, List<SearchRow<M>> rows,
            int best) implements Function1<M, SearchResult<M>> {
        @Override
        public SearchResult<M> apply(M model) {
            return new SearchResult<>(metrics, rows, best, model);
        }
    }
}

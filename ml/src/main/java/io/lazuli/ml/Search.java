package io.lazuli.ml;

import io.lazuli.graph.Upstream;
import io.lazuli.graph.function.Function1;
import io.lazuli.ml.internal.fit.Failure;
import io.lazuli.ml.internal.fit.Values;
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

    /// What is planned for candidates that all get all rows.
    ///
    /// @param rows how each does
    record Planned<M extends Predictor>(List<Lazy<SearchRow<M>>> rows, Lazy<SearchResult<M>> result) {}

    static <M extends Predictor> Planned<M> plan(
            List<Candidate<M>> candidates, SearchOptions options, Dataset data) {
        Dataset rows = rows(candidates, data);
        List<Split> splits = rows.split(options.splitter());
        List<Lazy<SearchRow<M>>> table = candidates.stream()
                .map(candidate -> new Lazy<SearchRow<M>>(
                        Values.applyToAll(
                                new RowOf<>(candidate), scores(List.of(candidate), options, splits), candidate.name()),
                        candidate.name(), data.engine()))
                .toList();
        Lazy<SearchResult<M>> result =
                rows.decide("search", table.stream().<Upstream>map(Lazy::value).toList(), new FitBest<>(options));
        return new Planned<>(table, result);
    }

    private record RowOf<M extends Predictor>(Candidate<M> candidate) implements Function1<List<Object>, SearchRow<M>> {
        @Override
        public SearchRow<M> apply(List<Object> scores) {
            return SearchRow.table(List.of(candidate), scores, 1).getFirst();
        }
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

    private record FitBest<M extends Predictor>(SearchOptions options) implements Dataset.Decision<SearchResult<M>> {
        @Override
        @SuppressWarnings("unchecked")
        public Lazy<SearchResult<M>> decide(List<Object> table, Dataset rows) {
            return best(table.stream().map(row -> (SearchRow<M>) row).toList(), options, rows);
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

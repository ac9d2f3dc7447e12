package io.lazuli.ml;

import io.lazuli.graph.function.Function1;
import io.lazuli.graph.Upstream;
import io.lazuli.ml.internal.fit.Values;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.List;

/// Compares candidates in one graph.
final class Search {
    private Search() {}

    static <M extends Predictor> SearchResult<M> run(
            List<Candidate<M>> candidates, SearchOptions options, Dataset data) {
        Dataset rows = Learning.rows(candidates.getFirst().estimator(), data);
        List<Split> splits = rows.split(options.splitter());
        List<Upstream> scores = new ArrayList<>();
        for (Candidate<M> candidate : candidates) {
            splits.forEach(
                    split -> scores.add(Learning.scores(candidate.estimator(), split, options.metrics()).value()));
        }
        Lazy<List<Object>> all =
                new Lazy<>(Values.applyToAll(new Collect(), scores, "search"), "search", data.engine());
        List<Object> found = all.compute();
        List<SearchResult.Row<M>> table = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            table.add(
                    SearchResult.Row.of(candidates.get(c), found.subList(c * splits.size(), (c + 1) * splits.size())));
        }
        List<String> names = options.metrics().stream().map(metric -> metric.name()).toList();
        int best = SearchResult.best(table, options.metrics().getFirst().isGreaterBetter());
        M model = table.get(best).candidate().estimator().plan(rows).compute();
        return new SearchResult<>(names, table, best, model);
    }

    private record Collect() implements Function1<List<Object>, List<Object>> {
        @Override
        public List<Object> apply(List<Object> scores) {
            return scores;
        }
    }
}

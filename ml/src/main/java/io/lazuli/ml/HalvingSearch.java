package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Predictor;
import java.util.List;

/// The candidates of another search, most of which are given up early: all of them get little of a resource, the best third three times
/// as much, and so on.
///
/// ```java
/// HalvingSearch.of(GridSearch.of(new LogisticRegression()).over(LogisticRegression.C, 0.01, 0.1, 1.0, 10.0))
///         .withResource(Resource.rows(0.05))
///         .fit(data);
/// ```
///
/// One graph, which grows as scores come. Immutable.
///
/// **Source.** scikit-learn `HalvingGridSearchCV`.
public final class HalvingSearch<M extends Predictor> {
    private final List<Candidate<M>> candidates;
    private final SearchOptions options;
    private final Resource resource;
    private final int factor;

    private HalvingSearch(List<Candidate<M>> candidates, SearchOptions options, Resource resource, int factor) {
        this.candidates = candidates;
        this.options = options;
        this.resource = resource;
        this.factor = factor;
    }

    /// With its splitter and metrics; a tenth of the rows first, a third of the candidates goes on.
    public static <M extends Predictor> HalvingSearch<M> of(GridSearch<M> search) {
        return new HalvingSearch<>(search.candidates(), search.options(), Resource.rows(0.1), 3);
    }

    /// As [#of(GridSearch)].
    public static <M extends Predictor> HalvingSearch<M> of(RandomizedSearch<M> search) {
        return new HalvingSearch<>(search.candidates(), search.options(), Resource.rows(0.1), 3);
    }

    public HalvingSearch<M> withResource(Resource resource) {
        return new HalvingSearch<>(candidates, options, resource, factor);
    }

    /// One in so many goes on, and gets so many times more.
    public HalvingSearch<M> withFactor(int factor) {
        MlErrors.checkFactor(factor);
        return new HalvingSearch<>(candidates, options, resource, factor);
    }

    /// How the candidates will do on the data. **Lazy.** Nothing is read.
    public Lazy<SearchResult<M>> plan(Dataset data) {
        Dataset rows = Search.rows(candidates, data);
        Rungs<M> rungs = Rungs.of(candidates, resource, factor, options);
        return Search.ofTables(List.of(rungs.plan(rows)), options, rows);
    }

    /// Compares the candidates, fits the best of the last ones to all rows, and waits. The table has a row for each candidate on each rung.
    public SearchResult<M> fit(Dataset data) {
        return plan(data).compute();
    }
}

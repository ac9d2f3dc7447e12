package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.List;

/// Random candidates in brackets, of which one gives many of them little, another few of them much, since nobody knows beforehand how
/// early candidates can be told apart. Each bracket is a [HalvingSearch]; all of them are one graph.
///
/// ```
///   factor 3, resource up to 81    bracket 4:  81 on 1, 27 on 3, 9 on 9, 3 on 27, 1 on 81
///                                  bracket 3:            34 on 3, 12 on 9, 4 on 27, 2 on 81
///                                  ...
///                                  bracket 0:                                       5 on 81
/// ```
///
/// Immutable.
///
/// **Source.** Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar, "Hyperband" (2018); Dask-ML `HyperbandSearchCV`.
public final class Hyperband<M extends Predictor> {
    private final RandomizedSearch<M> search;
    private final Resource resource;
    private final int factor;

    private Hyperband(RandomizedSearch<M> search, Resource resource, int factor) {
        this.search = search;
        this.resource = resource;
        this.factor = factor;
    }

    /// Draws as many candidates as brackets have room for, whatever number the search was told.
    public static <M extends Predictor> Hyperband<M> of(RandomizedSearch<M> search, Resource resource) {
        return new Hyperband<>(search, resource, 3);
    }

    /// One in so many goes on, and gets so many times more.
    public Hyperband<M> withFactor(int factor) {
        MlErrors.checkFactor(factor);
        return new Hyperband<>(search, resource, factor);
    }

    /// How the candidates will do on the data. **Lazy.** Nothing is read.
    public Lazy<SearchResult<M>> plan(Dataset data) {
        int last = Rungs.logarithm(resource.most() / resource.least(), factor);
        List<Lazy<List<SearchRow<M>>>> tables = new ArrayList<>();
        int drawn = 0;
        Dataset rows = Search.rows(search.draw(0, 1), data);
        for (int bracket = last; bracket >= 0; bracket--) {
            int count = (int) Math.ceil((last + 1.0) / (bracket + 1) * Math.pow(factor, bracket) - 1e-9);
            tables.add(
                    Rungs.of(search.draw(drawn, count), resource, factor, bracket + 1, search.options()).plan(rows));
            drawn += count;
        }
        return Search.ofTables(tables, search.options(), rows);
    }

    /// Compares the candidates, fits the best of those that got most to all rows, and waits.
    public SearchResult<M> fit(Dataset data) {
        return plan(data).compute();
    }
}

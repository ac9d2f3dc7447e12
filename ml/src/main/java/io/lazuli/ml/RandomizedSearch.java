package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Permutation;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.model.Predictor;
import io.lazuli.ml.selection.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Candidates whose parameters are drawn by chance; else as [GridSearch].
///
/// ```java
/// RandomizedSearch.of(new LogisticRegression())
///         .over(LogisticRegression.C, Distribution.logUniform(1e-4, 1e4))
///         .withCandidates(50)
///         .fit(data);
/// ```
///
/// The same seed draws the same candidates, and more of them begin with the same. Immutable.
///
/// **Source.** scikit-learn `RandomizedSearchCV`.
public final class RandomizedSearch<M extends Predictor> {
    private final Estimator<M> estimator;
    private final List<Axis<?, ?>> axes;
    private final int candidateCount;
    private final long seed;
    private final SearchOptions options;

    private record Axis<E, V>(Param<E, V> param, Distribution<V> values) {
        <M extends Predictor> Candidate<M> draw(Candidate<M> candidate, SplittableRandom random) {
            return candidate.with(param, values.draw(random));
        }
    }

    private RandomizedSearch(
            Estimator<M> estimator, List<Axis<?, ?>> axes, int candidateCount, long seed, SearchOptions options) {
        this.estimator = estimator;
        this.axes = List.copyOf(axes);
        this.candidateCount = candidateCount;
        this.seed = seed;
        this.options = options;
    }

    /// A search of ten candidates.
    public static <M extends Predictor> RandomizedSearch<M> of(Estimator<M> estimator) {
        return new RandomizedSearch<>(estimator, List.of(), 10, 0, SearchOptions.defaults(estimator));
    }

    /// Draws values of a parameter too. **Errors.** USER if the parameter is that of no step, or of several; when candidates are made, if a
    /// step does not take a value.
    public <E, V> RandomizedSearch<M> over(Param<E, V> param, Distribution<V> values) {
        Parameters.check(estimator, param);
        List<Axis<?, ?>> all = new ArrayList<>(axes);
        all.add(new Axis<>(param, values));
        return new RandomizedSearch<>(estimator, all, candidateCount, seed, options);
    }

    public RandomizedSearch<M> withCandidates(int count) {
        if (count < 1) {
            throw MlErrors.badParameter("the number of candidates", count, "at least 1");
        }
        return new RandomizedSearch<>(estimator, axes, count, seed, options);
    }

    public RandomizedSearch<M> withSeed(long seed) {
        return new RandomizedSearch<>(estimator, axes, candidateCount, seed, options);
    }

    public RandomizedSearch<M> withSplitter(Splitter splitter) {
        return new RandomizedSearch<>(estimator, axes, candidateCount, seed, options.withSplitter(splitter));
    }

    /// What candidates are measured by; the first one decides which is the best.
    public RandomizedSearch<M> withMetrics(Metric<?>... metrics) {
        return new RandomizedSearch<>(estimator, axes, candidateCount, seed, options.withMetrics(List.of(metrics)));
    }

    SearchOptions options() {
        return options;
    }

    public List<Candidate<M>> candidates() {
        return draw(0, candidateCount);
    }

    /// So many candidates from a number on.
    List<Candidate<M>> draw(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(this::candidate).toList();
    }

    private Candidate<M> candidate(int number) {
        Candidate<M> candidate = Candidate.of(estimator);
        for (int a = 0; a < axes.size(); a++) {
            candidate = axes.get(a).draw(
                    candidate,
                    new SplittableRandom(Permutation.mix(seed ^ Permutation.mix(((long) number << 16) + a))));
        }
        return candidate;
    }

    /// How the candidates will do on the data. **Lazy.** Nothing is read.
    public Lazy<SearchResult<M>> plan(Dataset data) {
        return Search.plan(candidates(), options, data).result();
    }

    /// Compares the candidates, fits the best one to all rows, and waits. **Errors.** As those of the first candidate if all of them fail.
    public SearchResult<M> fit(Dataset data) {
        return plan(data).compute();
    }

    /// As [#fit(Dataset)]; `listener` hears of each candidate when it has been tested on all splits. The thread that called calls it.
    public SearchResult<M> fit(Dataset data, Consumer<SearchRow<M>> listener) {
        return SearchRun.run(Search.plan(candidates(), options, data), listener);
    }
}

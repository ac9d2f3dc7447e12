package io.lazuli.ml;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.internal.fit.Failure;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How the candidates of a search did.
///
/// @param metrics names, the one that decided first
/// @param best    the index of the best candidate
/// @param model   the best candidate, fitted to all rows
public record SearchResult<M extends Predictor>(List<String> metrics, List<Row<M>> rows, int best, M model) {
    public SearchResult {
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
    }

    /// How one candidate did.
    ///
    /// @param scores by split, then metric; NaN where the candidate failed
    /// @param error  why it failed first
    public record Row<M extends Predictor>(
            Candidate<M> candidate, List<List<Double>> scores, Optional<LazuliException> error) {
        static <M extends Predictor> Row<M> of(Candidate<M> candidate, List<Object> found) {
            Optional<LazuliException> error = found.stream()
                    .filter(Failure.class::isInstance)
                    .map(failure -> ((Failure) failure).exception())
                    .findFirst();
            List<List<Double>> scores = new ArrayList<>();
            found.forEach(each -> scores.add(
                    each instanceof double[] numbers
                            ? IntStream.range(0, numbers.length).mapToObj(m -> numbers[m]).toList()
                            : List.of()));
            return new Row<>(candidate, scores, error);
        }

        /// The mean over splits; NaN if it failed on one.
        public double meanScore(int metric) {
            return scores.stream()
                    .mapToDouble(each -> metric < each.size() ? each.get(metric) : Double.NaN)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    static <M extends Predictor> int best(List<Row<M>> rows, boolean isGreaterBetter) {
        int best = -1;
        for (int i = 0; i < rows.size(); i++) {
            double score = rows.get(i).meanScore(0);
            double sofar = best < 0 ? Double.NaN : rows.get(best).meanScore(0);
            boolean isBetter = best < 0 || (isGreaterBetter ? score > sofar : score < sofar);
            best = !Double.isNaN(score) && isBetter ? i : best;
        }
        if (best < 0) {
            throw rows.getFirst().error().orElseThrow();
        }
        return best;
    }

    public Candidate<M> bestCandidate() {
        return rows.get(best).candidate();
    }

    public double bestScore() {
        return rows.get(best).meanScore(0);
    }
}

package io.lazuli.ml;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.fit.Failure;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How one candidate of a search did.
///
/// @param scores   by split, then metric; NaN where it failed, and where a metric is not defined
/// @param error    why it failed first
/// @param resource how much of it there was: as the search says, such as rows or iterations; 1 where all had all
public record SearchRow<M extends Predictor>(
        Candidate<M> candidate, List<List<Double>> scores, Optional<Problem> error, double resource) {
    public SearchRow {
        scores = List.copyOf(scores);
    }

    /// Why a candidate failed.
    public record Problem(ErrorCode code, String message) {}

    static <M extends Predictor> List<SearchRow<M>> table(List<Candidate<M>> candidates, List<Object> scores) {
        return table(candidates, scores, 1);
    }

    /// @param scores of each candidate on each split, a candidate after the other: arrays, or failures
    static <M extends Predictor> List<SearchRow<M>> table(
            List<Candidate<M>> candidates, List<Object> scores, double resource) {
        int splits = scores.size() / candidates.size();
        List<SearchRow<M>> table = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            List<Object> own = scores.subList(c * splits, (c + 1) * splits);
            Optional<Problem> error = own.stream()
                    .filter(Failure.class::isInstance)
                    .map(Failure.class::cast)
                    .map(failure -> new Problem(failure.code(), failure.message()))
                    .findFirst();
            List<List<Double>> numbers = own.stream()
                    .map(each -> each instanceof double[] found
                            ? Arrays.stream(found).boxed().toList()
                            : List.<Double>of())
                    .toList();
            table.add(new SearchRow<>(candidates.get(c), numbers, error, resource));
        }
        return table;
    }

    /// The score on a split; NaN if it failed there.
    public double score(int split, int metric) {
        List<Double> own = scores.get(split);
        return metric < own.size() ? own.get(metric) : Double.NaN;
    }

    /// The mean over splits; NaN if it failed on one.
    public double meanScore(int metric) {
        double sum = 0;
        for (int split = 0; split < scores.size(); split++) {
            sum += score(split, metric);
        }
        return sum / scores.size();
    }

    /// The standard deviation over splits, of all of them; NaN if it failed on one.
    public double standardDeviation(int metric) {
        double mean = meanScore(metric);
        double sum = 0;
        for (int split = 0; split < scores.size(); split++) {
            double distance = score(split, metric) - mean;
            sum += distance * distance;
        }
        return Math.sqrt(sum / scores.size());
    }

    /// The indexes of rows, the best first by the first metric; those without a finite score last.
    static <M extends Predictor> List<Integer> ranked(List<SearchRow<M>> rows, boolean isGreaterBetter) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            order.add(i);
        }
        order.sort((a, b) -> Double.compare(rank(rows.get(b), isGreaterBetter), rank(rows.get(a), isGreaterBetter)));
        return order;
    }

    private static double rank(SearchRow<?> row, boolean isGreaterBetter) {
        double score = row.meanScore(0);
        if (!Double.isFinite(score)) {
            return Double.NEGATIVE_INFINITY;
        }
        return isGreaterBetter ? score : -score;
    }

    /// **Errors.** Those of the first row if none has a finite score.
    static <M extends Predictor> int best(List<SearchRow<M>> rows, boolean isGreaterBetter) {
        int best = ranked(rows, isGreaterBetter).getFirst();
        if (Double.isFinite(rows.get(best).meanScore(0))) {
            return best;
        }
        throw rows.stream()
                .flatMap(row -> row.error().stream())
                .findFirst()
                .map(problem -> new LazuliException(problem.code(), MlErrors.allFailed(problem.message())))
                .orElseGet(MlErrors::noFiniteScore);
    }
}

package io.lazuli.ml;

import io.lazuli.graph.Upstream;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.List;

/// Successive halving: all candidates get little, the best of them more, and so on to the last rung.
///
/// ```
///   27 candidates on 1/27 --> decide --expands to--> 9 on 1/9 --> decide --> 3 on 1/3 --> decide --> 1 on all --> table
/// ```
///
/// **Source.** Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization" (2016).
///
/// @param rungs  the candidates of each rung that is left, as those of the first one would be there
/// @param factor how many candidates there are for one that goes on
record Rungs<M extends Predictor>(List<Rung<M>> rungs, int factor, SearchOptions options) {
    /// The rows that are drawn of those to train on; the same for all candidates.
    private static final long SEED = 0;

    Rungs {
        rungs = List.copyOf(rungs);
    }

    /// @param amount   what each candidate gets
    /// @param rowShare of the rows to train on
    record Rung<M extends Predictor>(List<Candidate<M>> candidates, double amount, double rowShare) {
        Rung {
            candidates = List.copyOf(candidates);
        }

        Rung<M> take(List<Integer> survivors) {
            return new Rung<>(survivors.stream().map(candidates::get).toList(), amount, rowShare);
        }

        private Split thinned(Split split) {
            return rowShare >= 1
                    ? split
                    : new Split(split.train().trainTestSplit(1 - rowShare, SEED).train(), split.test());
        }
    }

    /// As many rungs as candidates and the least amount allow.
    static <M extends Predictor> Rungs<M> of(
            List<Candidate<M>> candidates, Resource resource, int factor, SearchOptions options) {
        int most =
                Math.min(logarithm(candidates.size(), factor), logarithm(resource.most() / resource.least(), factor));
        return of(candidates, resource, factor, 1 + most, options);
    }

    /// How often `factor` goes into a number, one time after the other.
    static int logarithm(double number, int factor) {
        return (int) Math.floor(Math.log(number) / Math.log(factor) + 1e-9);
    }

    /// So many rungs, of which the last gives the most.
    static <M extends Predictor> Rungs<M> of(
            List<Candidate<M>> candidates, Resource resource, int factor, int count, SearchOptions options) {
        List<Rung<M>> rungs = new ArrayList<>();
        for (int rung = 0; rung < count; rung++) {
            double amount = resource.most() / Math.pow(factor, count - 1 - rung);
            rungs.add(new Rung<>(
                    candidates.stream().map(candidate -> resource.give(candidate, amount)).toList(), amount,
                    resource.rowShare(amount)));
        }
        return new Rungs<>(rungs, factor, options);
    }

    /// The table of all candidates on all rungs that they reach.
    Lazy<List<SearchRow<M>>> plan(Dataset rows) {
        return plan(List.of(), rows);
    }

    private Lazy<List<SearchRow<M>>> plan(List<SearchRow<M>> before, Dataset rows) {
        Rung<M> first = rungs.getFirst();
        List<Split> splits = rows.split(options.splitter()).stream().map(first::thinned).toList();
        List<Upstream> scores = Search.scores(first.candidates(), options, splits);
        return rows.decide("rung of " + first.candidates().size(), scores, new Promote<>(this, before));
    }

    /// Lets the best go on.
    private record Promote<M extends Predictor>(Rungs<M> rungs,
            List<SearchRow<M>> before) implements Dataset.Decision<List<SearchRow<M>>> {
        @Override
        public Lazy<List<SearchRow<M>>> decide(List<Object> scores, Dataset rows) {
            Rung<M> first = rungs.rungs.getFirst();
            List<SearchRow<M>> here = SearchRow.table(first.candidates(), scores, first.amount());
            List<SearchRow<M>> all = new ArrayList<>(before);
            all.addAll(here);
            if (rungs.rungs.size() == 1) {
                return Lazy.of(all);
            }
            List<Integer> survivors = SearchRow.ranked(here, rungs.options.isGreaterBetter())
                    .subList(0, Math.ceilDiv(here.size(), rungs.factor));
            List<Rung<M>> rest =
                    rungs.rungs.stream().skip(1).map(rung -> rung.take(survivors)).toList();
            return new Rungs<>(rest, rungs.factor, rungs.options).plan(all, rows);
        }
    }
}

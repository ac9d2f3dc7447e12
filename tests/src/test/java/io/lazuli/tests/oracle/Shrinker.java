package io.lazuli.tests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes a list of choices simpler as long as what is made of it still fails: shorter, then with smaller numbers.
final class Shrinker {
    private final Predicate<List<Integer>> fails;
    private int triesLeft;

    /// @param tries most cases that are run
    Shrinker(Predicate<List<Integer>> fails, int tries) {
        this.fails = fails;
        this.triesLeft = tries;
    }

    List<Integer> shrink(List<Integer> failing) {
        List<Integer> best = failing;
        List<Integer> before;
        do {
            before = best;
            best = withSmallerNumbers(withoutRuns(best));
        } while (!best.equals(before) && triesLeft > 0);
        return best;
    }

    private List<Integer> withoutRuns(List<Integer> choices) {
        List<Integer> best = choices;
        for (int length = Math.max(1, best.size() / 2); length > 0; length /= 2) {
            for (int start = best.size() - length; start >= 0; start -= length) {
                List<Integer> shorter = new ArrayList<>(best);
                shorter.subList(start, Math.min(start + length, shorter.size())).clear();
                best = better(shorter, best);
            }
        }
        return best;
    }

    private List<Integer> withSmallerNumbers(List<Integer> choices) {
        List<Integer> best = choices;
        for (int i = 0; i < best.size(); i++) {
            int value = best.get(i);
            for (int smaller : new int[] {0, value / 2, value - 1}) {
                if (smaller >= 0 && smaller < best.get(i)) {
                    List<Integer> simpler = new ArrayList<>(best);
                    simpler.set(i, smaller);
                    best = better(simpler, best);
                }
            }
        }
        return best;
    }

    private List<Integer> better(List<Integer> simpler, List<Integer> best) {
        return triesLeft-- > 0 && fails.test(simpler) ? simpler : best;
    }
}

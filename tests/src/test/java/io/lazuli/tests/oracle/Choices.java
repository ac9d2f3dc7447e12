package io.lazuli.tests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Everything random about a case, as a list of small numbers: drawn from a seed, and kept, so that the same case can be made
/// again from the list, or a simpler one from a list with numbers left out or made smaller ([Shrinker]). Where the list
/// ends, every choice is 0, which is therefore the simplest alternative of all.
///
/// **Source.** MacIver and Donaldson, "Test-case reduction via test-case generation" (ECOOP 2020).
final class Choices {
    private final Optional<SplittableRandom> random;
    private final List<Integer> given;
    /// What was chosen so far.
    private final List<Integer> made = new ArrayList<>();

    private Choices(Optional<SplittableRandom> random, List<Integer> given) {
        this.random = random;
        this.given = given;
    }

    static Choices ofSeed(long seed) {
        return new Choices(Optional.of(new SplittableRandom(seed)), List.of());
    }

    static Choices replaying(List<Integer> given) {
        return new Choices(Optional.empty(), given);
    }

    /// What was chosen, for [#replaying].
    List<Integer> made() {
        return List.copyOf(made);
    }

    /// A number from 0, below `bound`.
    int below(int bound) {
        int next = random.map(r -> r.nextInt(bound)).orElseGet(() -> given(bound));
        made.add(next);
        return next;
    }

    private int given(int bound) {
        return made.size() < given.size() ? Math.min(given.get(made.size()), bound - 1) : 0;
    }

    /// A number from `low` to `high`, both included.
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /// True in so many of a hundred cases.
    boolean chance(int percent) {
        return below(100) >= 100 - percent;
    }

    <T> T oneOf(List<T> alternatives) {
        return alternatives.get(below(alternatives.size()));
    }

    /// `count` of them, or all if there are fewer, in random order.
    <T> List<T> someOf(List<T> alternatives, int count) {
        List<T> left = new ArrayList<>(alternatives);
        List<T> chosen = new ArrayList<>();
        while (chosen.size() < count && !left.isEmpty()) {
            chosen.add(left.remove(below(left.size())));
        }
        return chosen;
    }
}

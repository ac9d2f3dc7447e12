package io.lazuli.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final int TRIES = 1000;

    @Test
    void leavesOutWhatDoesNotMatter() {
        List<Integer> failing = IntStream.range(0, 60).boxed().toList();
        Shrinker shrinker = new Shrinker(choices -> choices.stream().anyMatch(c -> c >= 30), TRIES);
        assertThat(shrinker.shrink(failing)).containsExactly(30);
    }

    @Test
    void keepsWhatBelongsTogether() {
        Shrinker shrinker =
                new Shrinker(choices -> choices.contains(7) && choices.indexOf(7) < choices.indexOf(3), TRIES);
        assertThat(shrinker.shrink(List.of(1, 9, 7, 2, 2, 3, 3, 8))).containsExactly(7, 3);
    }

    @Test
    void endsWhenTheTriesAreUsedUp() {
        List<Integer> tried = new ArrayList<>();
        Shrinker shrinker = new Shrinker(choices -> !tried.add(choices.size()), 5);
        shrinker.shrink(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(tried).hasSize(5);
    }

    @Test
    void aListThatEndsEarlyStandsForTheSimplestCase() {
        Choices drawn = Choices.ofSeed(1);
        int first = drawn.below(1000);
        boolean second = drawn.chance(50);

        Choices again = Choices.replaying(drawn.made());
        assertThat(again.below(1000)).isEqualTo(first);
        assertThat(again.chance(50)).isEqualTo(second);
        assertThat(again.below(1000)).isZero();
        assertThat(again.chance(99)).isFalse();
    }
}

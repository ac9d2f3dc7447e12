package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReadySetTest {
    @Property
    void itGivesTheLeast(@ForAll @IntRange(min = 1, max = 300_000) int bound, @ForAll long seed) {
        Random random = new Random(seed);
        ReadySet set = new ReadySet(bound);
        TreeSet<Integer> expected = new TreeSet<>();
        for (int step = 0; step < 500; step++) {
            if (expected.isEmpty() || random.nextInt(5) < 3) {
                int number = random.nextInt(bound);
                set.add(number);
                expected.add(number);
            } else {
                assertThat(set.takeLeast()).isEqualTo(expected.pollFirst());
            }
            assertThat(set.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }
}

package io.lazuli.dataframe.internal.operator.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DistinctEstimateTest {
    private static final int ROWS = 16_384;

    @Property(tries = 100)
    void uniformKeys_areCountedWithinAFifth(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200_000) int keys) {
        DistinctEstimate estimate = new DistinctEstimate();
        Random random = new Random(seed);
        int[] hashes = random.ints(ROWS, 0, keys).map(DistinctEstimateTest::hash).toArray();
        long seen = Arrays.stream(hashes).distinct().count();
        estimate.add(hashes, ROWS);
        assertThat(estimate.rowCount()).isEqualTo(ROWS);
        assertThat(estimate.seen()).isCloseTo(seen, within(0.03 * seen + 1));
        assertThat(estimate.expected()).isBetween(0.8 * keys - 1,
                keys > ROWS * 4 ? Double.POSITIVE_INFINITY : 1.2 * keys + 1);
    }

    private static int hash(int key) {
        return (int) new SplittableRandom(key).nextLong();
    }

    @Test
    void keysThatAllDiffer_haveNoEnd() {
        DistinctEstimate estimate = new DistinctEstimate();
        estimate.add(new Random(1).ints(ROWS).toArray(), ROWS);
        assertThat(estimate.expected()).isInfinite();
    }

    @Test
    void noRows_haveNoKeys() {
        DistinctEstimate estimate = new DistinctEstimate();
        assertThat(estimate.seen()).isZero();
        assertThat(estimate.expected()).isZero();
    }
}

package io.lazuli.dataframe.internal.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankSelectionTest {
    @Property(tries = 300)
    void selectedValue_isThatOfTheSortedValues(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5000) int count,
            @ForAll @IntRange(max = 6) int spread) {
        Random random = new Random(seed);
        long[] values = random.longs(count).map(value -> value >> spread * 10).toArray();
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = random.nextInt(count);

        assertThat(RankSelection.select(values, count, rank)).isEqualTo(sorted[rank]);
        assertThat(Arrays.stream(values, 0, rank)).allMatch(value -> value <= sorted[rank]);
        assertThat(Arrays.stream(values, rank, count)).allMatch(value -> value >= sorted[rank]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 40, 62, 63})
    void ranksOfGroupsThatAreNotCopied(int shift) {
        Random random = new Random(shift);
        int count = 3 * RankSelection.FEW;
        long[] sorted = assertRanks(count, () -> random.nextLong() >> shift);
        assertThat(sorted).hasSize(count);
    }

    private static long[] assertRanks(int count, LongSupplier value) {
        long[] values = new long[count];
        Arrays.setAll(values, i -> value.getAsLong());
        try (LoggedValues logged = LoggedValues.of(values, 1000)) {
            RankSelection selection = new RankSelection();
            Arrays.sort(values);
            for (int rank : new int[] {0, 1, count / 3, count / 2, count - 2}) {
                selection.open(logged.arranged(), 0);
                assertThat(selection.count()).isEqualTo(count);
                assertThat(selection.at(rank)).isEqualTo(values[rank]);
                assertThat(selection.after(rank)).isEqualTo(values[rank + 1]);
            }
        }
        return values;
    }
}

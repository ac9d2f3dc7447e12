package io.lazuli.graph.delayed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallNumbersTest {
    private static List<Delayed<Integer>> calls(int count) {
        return IntStream.range(0, count).mapToObj(Delayed::value).toList();
    }

    /// However many of the calls that are made one after the other are in it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 17, 64})
    void everyCall_hasItsNumber(int stride) {
        List<Delayed<Integer>> all = calls(3_000 * stride);
        CallNumbers numbers = new CallNumbers();
        for (int i = 0; i < all.size(); i += stride) {
            assertThat(numbers.of(all.get(i))).isEqualTo(CallNumbers.NONE);
            numbers.put(all.get(i), i);
        }
        for (int i = 0; i < all.size(); i++) {
            assertThat(numbers.of(all.get(i))).isEqualTo(i % stride == 0 ? i : CallNumbers.NONE);
        }
    }

    /// Numbered as a tree is, leaf by leaf and sum by sum, where all sums were made after all leaves: of whatever size the table is,
    /// nobody has to pass thousands of others. That would take minutes.
    @Test
    void callsMadeLongAgo_areNotInTheWay() {
        List<Delayed<Integer>> leaves = calls(1 << 19);
        List<Delayed<Integer>> gap = calls(1 << 19);
        List<Delayed<Integer>> sums = calls(1 << 15);
        assertThat(gap).hasSize(1 << 19);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            CallNumbers numbers = new CallNumbers();
            for (int i = 0; i < leaves.size(); i++) {
                numbers.put(leaves.get(i), i);
                if (i % 16 == 15) {
                    numbers.put(sums.get(i / 16), -i);
                }
            }
            assertThat(numbers.of(sums.getLast())).isEqualTo(-leaves.size() + 1);
        });
    }
}

package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A limit reads no more partitions than it needs.
class FirstRowsTest {
    private final InlineEngine engine = new InlineEngine();

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    /// The numbers from 0 to 999 in 100 partitions.
    private DataFrame numbers() {
        List<List<Object>> rows = LongStream.range(0, 1000).mapToObj(n -> List.<Object>of(n)).toList();
        return FakeSource.of("numbers", "n: LONG").withRows(rows).inPartitions(100).frame(engine);
    }

    private static List<List<Object>> range(long start, long end) {
        return LongStream.range(start, end).mapToObj(n -> List.<Object>of(n)).toList();
    }

    /// Partitions that each round read.
    private List<Integer> rounds() {
        return engine.expanded().stream().map(TaskGraph::layers).map(List::getFirst).map(Layer::partitionCount)
                .toList();
    }

    @Test
    void oneRoundIsEnoughWhereRowsAreAsManyAsExpected() {
        assertThat(Results.rows(numbers().limit(5))).isEqualTo(range(0, 5));
        assertThat(rounds()).containsExactly(1);

        assertThat(Results.rows(numbers().limit(25))).isEqualTo(range(0, 25));
        assertThat(rounds()).containsExactly(3);
    }

    @Test
    void roundsGrowWhileNothingIsFound() {
        assertThat(Results.rows(numbers().filter(col("n").ge(500)).limit(3))).isEqualTo(range(500, 503));
        assertThat(rounds()).containsExactly(1, 4, 16, 64);
    }

    @Test
    void whatWasFoundTellsHowManyPartitionsAreNeeded() {
        DataFrame fifth = numbers().filter(col("n").remainder(10).lt(2));

        assertThat(Results.rows(fifth.limit(16))).hasSize(16).startsWith(List.of(0L)).endsWith(List.of(71L));
        assertThat(rounds()).containsExactly(5, 3);
    }

    @Test
    void atTheEndThereMayBeFewer() {
        assertThat(Results.rows(numbers().filter(col("n").ge(998)).limit(5))).isEqualTo(range(998, 1000));
        assertThat(rounds().stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    }

    @Test
    void noRowsNeedNoPartition() {
        assertThat(Results.rows(numbers().limit(0))).isEmpty();
        assertThat(rounds()).isEmpty();
    }

    @Test
    void everyRoundReadsTheTableOfAJoin() {
        DataFrame names = FakeSource.of("names", "n: LONG", "name: UTF8")
                .row(3L, "three")
                .row(999L, "last")
                .frame(engine);

        assertThat(Results.rows(numbers().join(names).on("n").limit(2)))
                .containsExactly(List.of(3L, "three"), List.of(999L, "last"));
        assertThat(rounds()).hasSizeGreaterThan(1);
    }

    @Test
    void whatFollowsTheLimitSeesItsRowsOnly() {
        assertThat(Results.rows(numbers().limit(12).filter(col("n").ge(10)))).isEqualTo(range(10, 12));
    }
}

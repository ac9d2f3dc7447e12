package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is known of how persisted rows lie: what was exchanged or sorted before is not again.
class PersistedLayoutTest {
    private final InlineEngine engine = new InlineEngine();
    /// So large that nobody measures its groups.
    private final DataFrame trips = FakeSource.of("trips", "zone: LONG", "day: LONG", "fare: LONG")
            .withRows(
                    IntStream.range(0, 90).<List<Object>>mapToObj(i -> List.of(i % 10L, i % 3L, (long) i)).toList())
            .inPartitions(6)
            .ofBytes(1L << 40)
            .frame(engine);

    @AfterEach
    void nothingIsKept() {
        engine.close();
    }

    /// Exchanges of the last job.
    private long exchanges() {
        return engine.submitted().getLast().layers().stream()
                .flatMap(layer -> layer.dependencies().stream())
                .filter(Dependency.Exchange.class::isInstance)
                .count();
    }

    @Test
    void groupsByWhatThePersistedGroupsAreByStayWhereTheyAre() {
        DataFrame perZone = trips.groupBy("zone", "day").agg(sum("fare").as("fare")).persist();
        assertThat(exchanges()).isOne();

        assertThat(perZone.groupBy("zone", "day", "fare").agg(count()).compute().rowCount()).isEqualTo(30);
        assertThat(exchanges()).isZero();
        assertThat(perZone.groupBy("zone").agg(count()).explain(Explain.LAYERS)).contains("slices of 0");
        perZone.unpersist();
    }

    @Test
    void aJoinOfPersistedGroupsMovesNeitherSide() {
        DataFrame sums = trips.groupBy("zone").agg(sum("fare")).persist();
        DataFrame counts = trips.filter(col("zone").gt(4)).groupBy("zone").agg(count()).persist();

        assertThat(sums.fullJoin(counts).on("zone").compute().rowCount()).isEqualTo(10);
        assertThat(exchanges()).isZero();
        sums.unpersist();
        counts.unpersist();
    }

    @Test
    void groupsOfAPersistedJoinOnTheSameKeyStayWhereTheyAre() {
        DataFrame joined = trips.join(trips.select("zone", "day").filter(col("day").isNotNull()).distinct())
                .on("zone", "day")
                .persist();

        assertThat(joined.groupBy("zone", "day").agg(count()).compute().rowCount()).isEqualTo(30);
        assertThat(exchanges()).isLessThanOrEqualTo(1);
        joined.unpersist();
    }

    @Test
    void aPersistedSortIsNotSortedAgain() {
        DataFrame sorted = trips.sort("day", "fare").persist();

        assertThat(sorted.filter(col("fare").gt(40)).sort("day").explain(Explain.LAYERS)).doesNotContain("sort");
        assertThat(sorted.select("fare", "zone", "day").sort("day", "fare").compute().longColumn("fare").asList())
                .isEqualTo(trips.sort("day", "fare").compute().longColumn("fare").asList());
        assertThat(sorted.sort("fare").explain(Explain.LAYERS)).contains("sort");
        sorted.unpersist();
    }
}

package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rows that leave a frame for another collection, and come back.
class GivenRowsTest {
    private final InlineEngine engine = new InlineEngine();
    private final DataFrame trips = FakeSource.of("trips", "zone: LONG", "fare: LONG", "name: UTF8")
            .withRows(
                    IntStream.range(0, 60).<List<Object>>mapToObj(i -> List.of(i % 10L, (long) i, "trip " + i))
                            .toList())
            .inPartitions(4)
            .frame(engine);

    @AfterEach
    void nothingIsKept() {
        engine.close();
    }

    private DataFrame again(DataFrame frame) {
        return DataFrame.of(frame.partitions(), frame.schema(), "again").withEngine(engine);
    }

    /// The printed table without its title.
    private static String text(DataFrame frame) {
        String table = frame.compute().print(100);
        return table.substring(table.indexOf('\n'));
    }

    @Test
    void theyAreTheSameRows() {
        assertThat(text(again(trips))).isEqualTo(text(trips));
        assertThat(again(trips).count()).isEqualTo(60);
        assertThat(text(again(again(trips)))).isEqualTo(text(trips));
    }

    @Test
    void everyOperationGoesOnWithThem() {
        DataFrame expected = trips.filter(col("fare").ge(10));
        DataFrame again = again(expected);
        assertThat(text(again.select("name").limit(7))).isEqualTo(text(expected.select("name").limit(7)));
        assertThat(text(again.groupBy("zone").agg(sum("fare")).sort("zone")))
                .isEqualTo(text(expected.groupBy("zone").agg(sum("fare")).sort("zone")));
        assertThat(again.join(trips.rename("name", "other")).on("zone", "fare").count()).isEqualTo(50);
        assertThat(text(again.sort("name").head(3))).isEqualTo(text(expected.sort("name").head(3)));
    }

    @Test
    void theyShareWhatMakesThem() {
        DataFrame both = trips.concat(again(trips));
        assertThat(both.count()).isEqualTo(120);
        assertThat(both.explain(Explain.LAYERS)).containsOnlyOnce("scan trips");
    }

    @Test
    void heldRowsAreReadWhereTheyAreHeld() {
        DataFrame held = trips.persist();
        DataFrame again = DataFrame.of(held.filter(col("zone").eq(3)).partitions(), held.schema(), "again");
        assertThat(again.count()).isEqualTo(6);
        held.unpersist();
        assertThatThrownBy(again::count).isInstanceOfSatisfying(
                LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
    }

    @Test
    void plansNameThem() {
        assertThat(again(trips).filter(col("fare").gt(3)).explain()).contains("again [");
        assertThatThrownBy(() -> again(trips).select("nothing")).hasMessageContaining("again");
    }
}

package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// Functions over Tablesaw tables, a partition at a time.
class MapPartitionsTest {
    private final InlineEngine engine = new InlineEngine();

    private static final FakeSource ROWS = FakeSource.of("rows.csv", "b: BOOL", "i: INT", "l: LONG", "r: FLOAT64",
            "t: UTF8", "d: DATE", "m: TIMESTAMP")
            .row(true, 1, 2L, 3.5, "text", 4, 5_000L)
            .row(null, null, null, null, null, null, null)
            .row(false, -1, 1L << 60, -0.5, "a text longer than a view", -400_000, -7_000L);

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    private DataFrame frame(int partitionCount) {
        return ROWS.inPartitions(partitionCount).frame(engine);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void tablesComeBackAsTheyWere(int partitionCount) {
        DataFrame frame = frame(partitionCount);

        assertThat(Results.rows(frame.mapPartitions(frame.schema(), table -> table))).isEqualTo(ROWS.rows());
    }

    @Test
    void theFunctionSeesOnePartitionAndMayReturnAnotherShape() {
        Schema sizes = Schema.of(new Field("rows", DataType.LONG), new Field("first", DataType.UTF8));
        DataFrame mapped = frame(2).filter(col("i").isNotNull()).mapPartitions(sizes, table -> Table.create(
                "sizes", StringColumn.create("first", table.isEmpty() ? "" : table.stringColumn("t").get(0)),
                IntColumn.create("rows", new int[] {table.rowCount()})));

        assertThat(Results.rows(mapped)).containsExactly(
                Arrays.asList(1L, "text"), Arrays.asList(1L, "a text longer than a view"));
        assertThat(Results.rows(mapped.select("rows").filter(col("rows").gt(0)))).hasSize(2);
        assertThat(mapped)
                .hasToString("rows.csv.filter(col(\"i\").isNotNull()).mapPartitions([rows: LONG, first: UTF8], ...)");
        assertThat(mapped.explain()).contains("map partitions [rows, first]");
    }

    @Test
    void manyRowsComeInManyBatches() {
        Schema numbers = Schema.of(new Field("x", DataType.FLOAT64));
        DataFrame mapped = frame(1).mapPartitions(
                numbers, table -> Table.create(DoubleColumn.create("x", new double[10_000])));

        assertThat(mapped.count()).isEqualTo(10_000);
    }

    @Test
    void whatComesBackIsCheckedAgainstTheDeclaration() {
        Schema declared = Schema.of(new Field("i", DataType.INT));
        assertThatThrownBy(() -> frame(2).mapPartitions(declared, table -> table.selectColumns("i", "t")).count())
                .hasMessageMatching(
                        "The function of mapPartitions \\(MapPartitionsTest.java:\\d+\\) returned a column 't' more for partition 0. It declared \\[i: INT\\]: return these columns, in any order and no others, or declare what it returns.");
        assertThatThrownBy(() -> frame(2).mapPartitions(declared, table -> table.selectColumns("t")).count())
                .hasMessageContaining("returned no column 'i' for partition 0");
        assertThatThrownBy(() -> frame(2)
                .mapPartitions(declared, table -> Table.create(DoubleColumn.create("i", new double[] {1})))
                .count())
                .hasMessageContaining("returned column 'i' of type DOUBLE for partition 0");
        assertThatThrownBy(() -> frame(1).mapPartitions(declared, table -> null).count())
                .hasMessageContaining("returned null for partition 0");
        assertThatThrownBy(() -> frame(1).mapPartitions(declared, table -> {
            throw new IllegalStateException("broken");
        }).count())
                .hasMessageContaining("failed for partition 0: java.lang.IllegalStateException: broken");
    }
}

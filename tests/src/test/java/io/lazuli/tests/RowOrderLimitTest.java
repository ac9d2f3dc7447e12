package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.rowIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/// Rows in order that are several times the memory limit: a sort whose keys are all equal, values that stand in partitions far away, and
/// functions that see the rows around a partition.
class RowOrderLimitTest {
    private static final long ROWS = 2_000_000;
    private static final long FAR = 1_500_000;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void oneHotKeyIsSortedNumberedAndShiftedInHalfOfItsSize(@TempDir Path folder) throws Exception {
        try (LocalEngine engine = LocalEngine.open(options(folder))) {
            DataFrame rows = rows(folder)
                    .withEngine(engine)
                    .sort(col("hot").desc())
                    .withColumns(rowIndex().as("index"), col("id").shift(FAR).as("far"));

            // a stable sort of equal keys leaves the order of the file
            assertThat(rows.filter(col("index").ne(col("id")).or(col("text").str().length().ne(30))).count()).isZero();
            assertThat(rows.filter(col("id").minus(col("far")).eq(FAR)).count()).isEqualTo(ROWS - FAR);
            assertThat(rows.repartition(3).tail(2).select("id").compute().longColumn("id").asObjectArray())
                    .containsExactly(ROWS - 2, ROWS - 1);
        }
    }

    private static EngineOptions options(Path folder) {
        return EngineOptions.defaults()
                .withThreads(2)
                .withBufferBytes(64 << 20)
                .withSpillDirectory(folder.resolve("spill"));
    }

    private static DataFrame rows(Path folder) throws Exception {
        Path file = folder.resolve("rows.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("COPY (SELECT i AS id, 7 AS hot, lpad(i::VARCHAR, 30, '0') AS text FROM range(%d) t(i)) TO '%s'"
                    .formatted(ROWS, file));
        }
        return DataFrame.readParquet(file.toString());
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void partitionsSeeTheRowsAroundThemInHalfOfTheirSize(@TempDir Path folder) throws Exception {
        Schema schema = Schema.of(new Field("id", DataType.LONG), new Field("back", DataType.LONG),
                new Field("ahead", DataType.LONG), new Field("text", DataType.UTF8));
        try (LocalEngine engine = LocalEngine.open(options(folder))) {
            DataFrame kept = rows(folder)
                    .withEngine(engine)
                    .mapOverlap(schema, 1_000, 2_000, table -> Table.create(
                            table.column("id"), table.longColumn("id").lag(1_000).setName("back"),
                            table.longColumn("id").lag(-2_000).setName("ahead"), table.column("text")))
                    .persist();

            assertThat(kept.filter(col("id").minus(col("back")).eq(1_000)).count()).isEqualTo(ROWS - 1_000);
            assertThat(kept.filter(col("ahead").minus(col("id")).eq(2_000)).count()).isEqualTo(ROWS - 2_000);
            assertThat(kept.filter(col("text").cast(DataType.LONG).eq(col("id"))).count()).isEqualTo(ROWS);
            kept.unpersist();
        }
    }
}

package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.rowIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rows in order that are several times the memory limit: a sort whose keys are all equal, and values that stand in partitions
/// far away.
class RowOrderLimitTest {
    private static final long ROWS = 2_000_000;
    private static final long FAR = 1_500_000;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void oneHotKeyIsSortedNumberedAndShiftedInHalfOfItsSize(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rows.parquet");
        try (DuckDb duck = new DuckDb()) {
            duck.run("COPY (SELECT i AS id, 7 AS hot, lpad(i::VARCHAR, 30, '0') AS text FROM range(%d) t(i)) TO '%s'"
                    .formatted(ROWS, file));
        }
        EngineOptions options = EngineOptions.defaults()
                .withThreads(2)
                .withBufferBytes(64 << 20)
                .withSpillDirectory(folder.resolve("spill"));
        try (LocalEngine engine = LocalEngine.open(options)) {
            DataFrame rows = DataFrame.readParquet(file.toString())
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
}

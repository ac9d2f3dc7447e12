package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// One partition and one group of some 150 MB, in a process that leaves 70 MB for data: sorted and grouped as DuckDB does, within the limit.
@EnabledOnOs(OS.LINUX)
class SkewLimitTest {
    private static final long LIMIT_BYTES = 256 << 20;
    private static final int HEAP_MEBIBYTES = 96;
    private static final int ROWS = 2_000_000;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void onePartitionAndOneGroupLargerThanMemory(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("rows.parquet");
        Path spill = Files.createDirectory(folder.resolve("spill"));
        try (DuckDb duck = new DuckDb()) {
            duck.run(
                    """
                    COPY (SELECT i AS id, 7 AS hot, hash(i) %% 1000000007 / 8.0 AS value, 'text number ' || lpad((hash(i * 7) %% 1500000)::VARCHAR, 24, '0') AS text
                      FROM range(%d) t(i)) TO '%s' (ROW_GROUP_SIZE %d)"""
                            .formatted(ROWS, file, ROWS));
            LimitedProcess.Usage usage =
                    LimitedProcess.run(SkewedJob.class, List.of(file, folder), LIMIT_BYTES, HEAP_MEBIBYTES, spill);

            System.out.println("skewed: " + usage);
            assertThat(usage.spilledFiles()).isPositive();
            assertThat(usage.peakAnonymousBytes()).isLessThan(LIMIT_BYTES * 12 / 10);
            assertThat(spill).isEmptyDirectory();
            assertThat(duck.rows("SELECT middle, texts FROM '%s'".formatted(folder.resolve("group.parquet"))))
                    .isEqualTo(duck.rows("SELECT median(value), count(DISTINCT text) FROM '%s'".formatted(file)));
            assertThat(duck.rows(
                    """
                    SELECT count(*) FROM (SELECT row_number() OVER () AS r, * FROM '%s') a
                      FULL JOIN (SELECT row_number() OVER () AS r, * FROM (SELECT * FROM '%s' ORDER BY value, id)) b ON a.r = b.r
                    WHERE a IS DISTINCT FROM b"""
                            .formatted(folder.resolve("sorted.parquet"), file)))
                    .isEqualTo(List.of(List.of(0L)));
        }
    }
}

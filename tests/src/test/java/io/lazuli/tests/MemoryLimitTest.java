package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// More than ten million rows, from CSV and from Parquet, through filter, derived column, group-by, join and sort, on two threads of a
/// process that is limited to 480 MB: equal to DuckDB's answer row by row, spilled on the way, within the limit, and nothing
/// left in the spill directory.
@EnabledOnOs(OS.LINUX)
class MemoryLimitTest {
    private static final long LIMIT_BYTES = 480_000_000;
    private static final int HEAP_MEGABYTES = 160;
    /// What the limit leaves for data outside the heap: not the heap, and not the JVM's own 96 MiB.
    private static final long BUDGET_BYTES = LIMIT_BYTES - (HEAP_MEGABYTES + 96L << 20);
    private static final long ROWS = 10_600_000;

    @TempDir
    static Path folder;

    private static DuckDb oracle;

    @BeforeAll
    static void writeTables() throws Exception {
        oracle = new DuckDb();
        oracle.run("SET memory_limit = '2GB'");
        oracle.run(
                """
                COPY (SELECT i AS id, (hash(i) %% 4000000)::INT AS zone, 'driver number ' || (hash(i * 7 + 1) %% 100000) AS driver,
                             (hash(i * 3 + 2) %% 10000)::INT AS fare
                      FROM range(%d) t(i)) TO '%s'"""
                        .formatted(ROWS, folder.resolve("trips.parquet")));
        oracle.run("COPY (FROM '%s') TO '%s' (HEADER)".formatted(folder.resolve("trips.parquet"),
                folder.resolve("trips.csv")));
        oracle.run("COPY (SELECT i::INT AS zone, 'zone number ' || i AS name FROM range(0, 4000000, 2) t(i)) TO '%s'"
                .formatted(folder.resolve("zones.parquet")));
        oracle.run("CREATE TABLE expected AS SELECT *, row_number() OVER () AS r FROM (%s)".formatted(LimitedJob.SQL
                .replace("TRIPS", "'" + folder.resolve("trips.parquet") + "'")
                .replace("ZONES", "'" + folder.resolve("zones.parquet") + "'")));
    }

    @AfterAll
    static void closeOracle() throws Exception {
        oracle.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"trips.csv", "trips.parquet"})
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void tenMillionRowsFitWhereTheirIntermediatesWouldNot(String trips) throws Exception {
        Path spill = Files.createDirectory(folder.resolve("spill-" + trips));
        Path result = folder.resolve("result-" + trips + ".parquet");
        LimitedProcess.Usage usage = LimitedProcess.run(
                LimitedJob.class, List.of(folder.resolve(trips), folder.resolve("zones.parquet"), result), LIMIT_BYTES,
                HEAP_MEGABYTES, spill);
        long returned = Long.parseLong(usage.output().strip());
        System.out.printf("%s: %s, %,d bytes of intermediates%n", trips, usage, returned);

        List<Object> differences = oracle.rows(
                """
                        SELECT count(*) FILTER (WHERE a.r IS NULL OR e.r IS NULL OR a.zone <> e.zone OR a.total <> e.total
                                 OR a.trips <> e.trips OR abs(a.mean_fare - e.mean_fare) > 1e-9 * e.mean_fare
                                 OR a.last_driver <> e.last_driver OR a.name <> e.name), count(*) > 1000000
                        FROM (SELECT *, row_number() OVER () AS r FROM '%s') a FULL JOIN expected e ON a.r = e.r"""
                        .formatted(result))
                .getFirst();

        assertThat(differences).as("rows that differ; more than a million rows").containsExactly(0L, true);
        assertThat(returned).as("bytes of intermediates").isGreaterThan(5 * BUDGET_BYTES);
        assertThat(usage.spilledFiles()).as("spill files seen").isPositive();
        assertThat(usage.peakAnonymousBytes()).as("peak of anonymous memory").isLessThan(LIMIT_BYTES * 12 / 10);
        try (Stream<Path> left = Files.walk(spill)) {
            assertThat(left.filter(Files::isRegularFile)).as("spill files left").isEmpty();
        }
    }
}

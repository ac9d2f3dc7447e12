package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// All rows of a table go by their key through two workers that have less memory than it has bytes: the sums are DuckDB's, and no
/// worker takes more than its share of the limit.
///
/// `-Dlazuli.shuffle.rows=80000000` shuffles 4.5 GB through workers of 1 GB each, in about a minute.
@EnabledOnOs(OS.LINUX)
class ShuffleLimitTest {
    private static final long ROWS = Long.getLong("lazuli.shuffle.rows", 8_000_000);
    private static final boolean IS_LARGE = ROWS > 20_000_000;
    /// Of both workers: half a gigabyte each, or one.
    private static final long LIMIT_BYTES = IS_LARGE ? 2_000_000_000 : 800_000_000;
    private static final String HEAP = IS_LARGE ? "400m" : "200m";

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void rowsFindTheirKeysInTheMemoryOfTwoWorkers() throws Exception {
        Path spill = Files.createDirectory(folder.resolve("spill"));
        List<Double> expected = writeTables();
        CommandProcess.Outcome outcome = Launcher.run(
                Map.of(
                        "LAZULI_WORKERS", "2", "LAZULI_THREADS", "2", "LAZULI_HEAP", HEAP, "LAZULI_MEMORY_LIMIT",
                        Long.toString(LIMIT_BYTES), "LAZULI_SPILL_DIRECTORY", spill.toString(), "BENCH_REPS", "1"),
                "bench", "shuffle", "join,memory,copy", folder.toString());
        System.out.print(outcome.output());

        assertThat(outcome.errors()).isEmpty();
        List<String> lines = outcome.output().lines().toList();
        List<Double> found = checksum(lines.get(1));
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), Percentage.withPercentage(1e-7));
        }
        List<Double> megabytes = checksum(lines.get(2));
        assertThat(megabytes).as("client, scheduler, workers").hasSize(4);
        assertThat(megabytes.subList(2, 4)).as("peaks of anonymous memory of the workers, in MB")
                .allSatisfy(peak -> assertThat(peak).isLessThan(LIMIT_BYTES / 2e6 * 1.2));
        assertThat(checksum(lines.get(3))).as("bytes of the plain copy").containsExactly((double) (1L << 28));
        try (Stream<Path> left = Files.walk(spill)) {
            assertThat(left.filter(Files::isRegularFile)).as("spill files left").isEmpty();
        }
    }

    /// Returns rows and sums of the answer.
    private List<Double> writeTables() throws Exception {
        try (DuckDb oracle = new DuckDb()) {
            oracle.run("SET memory_limit = '2GB'");
            oracle.run(
                    """
                    COPY (SELECT printf('id%%03d', hash(i + 1) %% 100) AS id1, printf('id%%010d', hash(i + 3) %% 200000) AS id3,
                            (hash(i + 6) %% 200000)::INT AS id6, (hash(i + 7) %% 5)::INT AS v1,
                            hash(i + 9) %% 100000000 / 1000000.0 AS v3, hash(i + 11)::HUGEINT::DOUBLE AS v4, i AS v5, i * 7 AS v6
                          FROM range(%d) t(i)) TO '%s'"""
                            .formatted(ROWS, folder.resolve("x.parquet")));
            // More rows than keys that are met, so that the other side too is too large to be in every task.
            oracle.run("COPY (SELECT i::INT AS id6, hash(i) %% 1000 / 8.0 AS w FROM range(4000000) t(i)) TO '%s'"
                    .formatted(folder.resolve("y.parquet")));
            return oracle
                    .rows("SELECT count(*), sum(v1), sum(v3), sum(w) FROM '%s' JOIN '%s' USING (id6)"
                            .formatted(folder.resolve("x.parquet"), folder.resolve("y.parquet")))
                    .getFirst().stream().map(value -> ((Number) value).doubleValue()).toList();
        }
    }

    private static List<Double> checksum(String line) {
        String numbers = line.replaceAll(".*\"checksum\": \\[([^]]*)].*", "$1");
        return Arrays.stream(numbers.split(", ")).map(Double::valueOf).toList();
    }
}

package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lazuli demo` answers as DuckDB does, and says what it did. With `-Dlazuli.flights=FILE` the same for a larger file.
class DemoTest {
    private static final Path DATA = Launcher.ROOT.resolve("tests/examples/data");
    private static final String SQL =
            """
            SELECT origin, month, flights, mean_delay, late_share, worst_delay, name, city, state
            FROM (SELECT origin, month(date) AS month, count(*) AS flights, avg(delay) AS mean_delay,
                         avg((delay > 15)::INT) AS late_share, max(delay) AS worst_delay
                  FROM '%s' WHERE distance >= 100 GROUP BY ALL HAVING flights >= 20)
            JOIN (SELECT * FROM read_csv('%s')) ON origin = iata
            ORDER BY mean_delay DESC, origin, month""";

    @TempDir
    Path folder;

    @Test
    void answersAsDuckDbDoes() throws Exception {
        String flights = System.getProperty("lazuli.flights", DATA.resolve("flights/*.parquet").toString());
        Path result = folder.resolve("delays.parquet");
        CommandProcess.Outcome demo = Launcher.run("demo", "--data", flights, "--output", result.toString());

        assertThat(demo.errors()).isEmpty();
        assertThat(demo.status()).isZero();
        try (DuckDb oracle = new DuckDb()) {
            List<List<Object>> expected = oracle.rows(SQL.formatted(flights, DATA.resolve("airports.csv")));
            assertThat(expected).hasSizeGreaterThan(100);
            Rows.assertEqual(Rows.of(DataFrame.readParquet(result.toString()).compute()), expected);
        }
    }

    @Test
    void printsPlanProgressResultAndWhereTimeWent() throws Exception {
        CommandProcess.Outcome demo = Launcher.run("demo");

        assertThat(demo.output())
                .contains("logical plan", "optimized plan", "PushFilterIntoScan", "layers")
                .containsPattern("scan .* > filter > project > aggregate +6 partitions")
                .contains("mean_delay")
                .contains("succeeded in")
                .containsPattern("% +[0-9.]+ s +6 tasks");
    }

    @Test
    void leavesALogThatTellsWhatItDid() throws Exception {
        Path log = folder.resolve("demo.events");
        CommandProcess.Outcome demo = Launcher.run(Map.of("LAZULI_EVENT_LOG", log.toString()), "demo");
        CommandProcess.Outcome replay = Launcher.run("replay", log.toString());

        assertThat(demo.status()).isZero();
        assertThat(replay.errors()).isEmpty();
        assertThat(replay.output())
                .contains("Engine opened 20")
                .containsPattern("job \\d+ '.*': \\d+ of \\d+ tasks, succeeded in")
                .containsPattern("% +[0-9.]+ s +6 tasks")
                .doesNotContain("The log ends before");
    }

    @Test
    void refusesToReplaceAFile() throws Exception {
        Path result = Files.writeString(folder.resolve("mine.parquet"), "mine");
        CommandProcess.Outcome demo = Launcher.run("demo", "--output", result.toString());

        assertThat(demo.status()).isEqualTo(1);
        assertThat(demo.errors().lines()).singleElement().asString().contains(result.toString(), "withOverwrite(true)");
        assertThat(result).hasContent("mine");
    }
}

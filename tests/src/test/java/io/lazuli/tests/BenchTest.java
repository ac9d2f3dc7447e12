package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lazuli bench` speaks the contract of the benchmark, and its checks equal DuckDB's.
class BenchTest {
    private static final Map<String, String> CHECKS = Map.of(
            "q1", "SELECT count(*), sum(v1) FROM (SELECT id1, sum(v1) AS v1 FROM x GROUP BY id1)",
            "q2", "SELECT count(*), sum(v1) FROM (SELECT id1, id2, sum(v1) AS v1 FROM x GROUP BY id1, id2)",
            "q3",
            "SELECT count(*), sum(v1), sum(v3) FROM (SELECT id3, sum(v1) AS v1, avg(v3) AS v3 FROM x GROUP BY id3)",
            "q6",
            "SELECT count(*), sum(m), sum(s) FROM (SELECT id4, id5, median(v3) AS m, stddev_samp(v3) AS s FROM x GROUP BY id4, id5)",
            "q7", "SELECT count(*), sum(r) FROM (SELECT id3, max(v1) - min(v2) AS r FROM x GROUP BY id3)",
            "q8", "SELECT count(*), sum(v) FROM (SELECT id6, unnest(max(v3, 2)) AS v FROM x GROUP BY id6)",
            "q9", "SELECT count(*), sum(r) FROM (SELECT id2, id4, pow(corr(v1, v2), 2) AS r FROM x GROUP BY id2, id4)");
    private static final Map<String, String> JOINS = Map.of(
            "q1", "x JOIN small USING (id1)",
            "q2", "x JOIN medium USING (id2)",
            "q3", "x LEFT JOIN medium USING (id2)",
            "q4", "x JOIN medium USING (id5)",
            "q5", "x JOIN big USING (id3)");
    private static final Pattern LINE = Pattern.compile(
            "\\{\"question\": \"(\\w+)\", \"seconds\": \\[([0-9., ]+)], \"checksum\": \\[([-0-9.E, ]+)]}");

    @TempDir
    Path folder;

    @Test
    void checksEqualDuckDbs() throws Exception {
        try (DuckDb oracle = new DuckDb()) {
            oracle.run(
                    """
                    CREATE TABLE x AS SELECT printf('id%03d', hash(i) % 100) AS id1, printf('id%03d', hash(i + 1) % 100) AS id2,
                      printf('id%010d', hash(i + 2) % 2000) AS id3, (hash(i + 6) % 20)::INT AS id4, (hash(i + 7) % 50)::INT AS id5,
                      (hash(i + 8) % 3000)::INT AS id6, (hash(i + 3) % 5)::INT AS v1, (hash(i + 4) % 15)::INT AS v2,
                      hash(i + 5) % 1000000 / 7.0 AS v3 FROM range(100000) t(i)""");
            oracle.run("COPY x TO '%s'".formatted(folder.resolve("groupby.parquet")));
            for (String workload : List.of("groupby-mem", "groupby-parquet")) {
                CommandProcess.Outcome outcome =
                        Launcher.run(Map.of("BENCH_REPS", "2"), "bench", workload, "q1,q2,q3,q0,q6,q7,q8,q9",
                                folder.toString());
                List<String> lines = outcome.output().lines().toList();

                assertThat(outcome.errors()).isEmpty();
                assertThat(lines.getFirst()).startsWith("{\"version\": \"Lazuli 0.1");
                assertThat(lines.get(4)).isEqualTo("{\"question\": \"q0\", \"unsupported\": true}");
                for (int i : List.of(1, 2, 3, 5, 6, 7, 8)) {
                    Matcher line = LINE.matcher(lines.get(i));
                    assertThat(line.matches()).as(lines.get(i)).isTrue();
                    assertThat(line.group(2).split(", ")).hasSize(2);
                    List<Object> expected = oracle.rows(CHECKS.get(line.group(1))).getFirst();
                    String[] check = line.group(3).split(", ");
                    assertThat(check).hasSize(expected.size());
                    for (int c = 0; c < check.length; c++) {
                        assertThat(Double.parseDouble(check[c]))
                                .isCloseTo(((Number) expected.get(c)).doubleValue(), Percentage.withPercentage(1e-9));
                    }
                }
            }
        }
    }

    @Test
    void tasks_areCountedAndSummed() throws Exception {
        List<String> lines =
                Launcher.run(Map.of("BENCH_REPS", "1"), "bench", "tasks", "graph,inc_sum", folder.toString())
                        .output()
                        .lines()
                        .toList();
        assertThat(lines.get(1)).contains("\"question\": \"graph\"").contains("\"checksum\": [100000]");
        assertThat(lines.get(2)).contains("\"question\": \"inc_sum\"").contains("\"checksum\": [10000, 50005000]");
    }

    /// Five times the memory that the limit leaves for data.
    @Test
    void answersLargerThanMemory_areFilesThatEqualDuckDbs() throws Exception {
        try (DuckDb oracle = new DuckDb()) {
            oracle.run(
                    """
                    CREATE TABLE x AS SELECT printf('id%010d', hash(i + 2) % 20000) AS id3, (hash(i + 6) % 20000)::INT AS id6,
                      hash(i + 5) % 100000000 / 1000000.0 AS v3, repeat('x', 12) || i AS pad FROM range(2000000) t(i)""");
            oracle.run("COPY x TO '%s'".formatted(folder.resolve("x.parquet")));
            oracle.run(
                    "CREATE TABLE y AS SELECT (i + 1)::INT AS id6, hash(i) % 1000 / 8.0 AS w FROM range(400000) t(i)");
            oracle.run("COPY y TO '%s'".formatted(folder.resolve("y.parquet")));

            CommandProcess.Outcome outcome = Launcher.run(
                    Map.of("BENCH_REPS", "1", "BENCH_MEM_MB", "256"), "bench", "ooc", "groupby,join,sort,q1",
                    folder.toString());

            assertThat(outcome.errors()).isEmpty();
            List<String> lines = outcome.output().lines().skip(1).toList();
            assertCheck(oracle, lines.get(0),
                    "SELECT count(*), sum(v3), sum(n) FROM (SELECT sum(v3) AS v3, count(*) AS n FROM x GROUP BY id3, id6)");
            assertCheck(oracle, lines.get(1), "SELECT count(*), sum(v3), sum(w) FROM x JOIN y USING (id6)");
            assertCheck(oracle, lines.get(2), "SELECT count(*), sum(v3) FROM x");
            assertThat(lines.get(3)).isEqualTo("{\"question\": \"q1\", \"unsupported\": true}");
            assertThat(folder.resolve("out_lazuli.parquet")).doesNotExist();
        }
    }

    private static void assertCheck(DuckDb oracle, String answer, String expected) throws Exception {
        Matcher line = LINE.matcher(answer);
        assertThat(line.matches()).as(answer).isTrue();
        List<Object> values = oracle.rows(expected).getFirst();
        String[] check = line.group(3).split(", ");
        assertThat(check).hasSize(values.size());
        for (int c = 0; c < check.length; c++) {
            assertThat(Double.parseDouble(check[c])).as(answer)
                    .isCloseTo(((Number) values.get(c)).doubleValue(), Percentage.withPercentage(1e-9));
        }
    }

    @Test
    void startAnswersAtOnce() throws Exception {
        try (DuckDb oracle = new DuckDb()) {
            oracle.run("COPY (SELECT 1 AS v1) TO '%s'".formatted(folder.resolve("groupby.parquet")));
        }
        assertThat(Launcher.run("bench", "groupby-mem", "start", folder.toString()).output())
                .contains("{\"question\": \"start\", \"seconds\": 0, \"checksum\": []}");
    }

    @Test
    void joinChecksEqualDuckDbs() throws Exception {
        try (DuckDb oracle = new DuckDb()) {
            table(oracle, "x", 20_000, "v1");
            table(oracle, "small", 10, "v2");
            table(oracle, "medium", 100, "v2");
            table(oracle, "big", 20_000, "v2");
            for (String workload : List.of("join-mem", "join-parquet")) {
                CommandProcess.Outcome outcome = Launcher
                        .run(Map.of("BENCH_REPS", "1"), "bench", workload, "q1,q2,q3,q4,q5", folder.toString());

                assertThat(outcome.errors()).isEmpty();
                for (String answer : outcome.output().lines().skip(1).toList()) {
                    Matcher line = LINE.matcher(answer);
                    assertThat(line.matches()).as(answer).isTrue();
                    List<Object> expected = oracle
                            .rows("SELECT count(*), sum(v1), sum(v2) FROM " + JOINS.get(line.group(1))).getFirst();
                    String[] check = line.group(3).split(", ");
                    for (int c = 0; c < expected.size(); c++) {
                        assertThat(Double.parseDouble(check[c])).as(answer)
                                .isCloseTo(((Number) expected.get(c)).doubleValue(), Percentage.withPercentage(1e-9));
                    }
                }
            }
        }
    }

    /// Three whole keys and three texts of the same numbers, some of which other tables do not have.
    private void table(DuckDb oracle, String name, int rowCount, String value) throws Exception {
        oracle.run("""
                CREATE TABLE %s AS SELECT (i %% 11)::INT AS id1, (i %% 110)::INT AS id2, (hash(i) %% 22000)::INT AS id3,
                  'id' || i %% 11 AS id4, 'id' || i %% 110 AS id5, 'id' || hash(i) %% 22000 AS id6,
                  hash(i + 7) %% 1000 / 7.0 AS %s FROM range(%d) t(i)""".formatted(name, value, rowCount));
        oracle.run("COPY %s TO '%s'".formatted(name, folder.resolve("join_" + name + ".parquet")));
    }
}

package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.first;
import static io.lazuli.dataframe.Expressions.last;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Questions whose one partition, group, key or row is larger than the memory, or whose data is a hundred times as large: all are
/// answered as DuckDB does, and no file is left, whatever happens.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LargerThanMemoryTest {
    private static final int ROWS = 800_000;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    static Path folder;

    private static DuckDb duck;

    /// Some 60 MB in one partition each: one row group, and a compressed text file, which cannot be split.
    @BeforeAll
    static void writeTables() throws Exception {
        duck = new DuckDb();
        duck.run(
                """
                CREATE TABLE rows AS SELECT i AS id, 7 AS hot, hash(i) %% 1000000007 / 8.0 AS value, (hash(i * 3) %% 500000)::INT AS part,
                  'text number ' || lpad((hash(i * 7) %% 700000)::VARCHAR, 20, '0') AS text FROM range(%d) t(i)"""
                        .formatted(ROWS));
        duck.run("COPY rows TO '%s' (ROW_GROUP_SIZE %d)".formatted(file("one.parquet"), ROWS));
        duck.run("COPY rows TO '%s' (ROW_GROUP_SIZE 20480)".formatted(file("many.parquet")));
        duck.run("COPY rows TO '%s' (HEADER)".formatted(file("rows.csv.gz")));
    }

    @AfterAll
    static void closeOracle() throws Exception {
        duck.close();
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    /// An engine of two threads that spills to a directory of its own; closing it checks that nothing is left.
    private record Small(LocalEngine engine, Path spill) implements AutoCloseable {
        static Small open(long bytes) throws IOException {
            Path spill = Files.createTempDirectory(folder, "spill");
            return new Small(LocalEngine.open(
                    EngineOptions.defaults().withThreads(2).withBufferBytes(bytes).withSpillDirectory(spill)), spill);
        }

        DataFrame read(String name) {
            String file = file(name).toString();
            return (name.endsWith("parquet") ? DataFrame.readParquet(file) : DataFrame.readCsv(file))
                    .withEngine(engine);
        }

        void assertNothingHeld() {
            assertThat(engine.memory().reservedBytes()).as("bytes reserved").isZero();
            assertThat(engine.memory().liveBufferCount()).as("buffers alive").isZero();
            assertThat(files()).as("files in %s", spill).isEmpty();
        }

        private Stream<Path> files() {
            try (Stream<Path> all = Files.walk(spill)) {
                return all.filter(path -> path.toString().endsWith(".seg")).toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            assertNothingHeld();
            engine.close();
            assertThat(spill).isEmptyDirectory();
        }
    }

    /// The answer, written to a file and read by the oracle, row by row: the position of a row counts.
    private static void assertSameRows(DataFrame answer, String expected, String order) throws Exception {
        Path file = Files.createTempFile(folder, "answer", ".parquet");
        Files.delete(file);
        answer.writeParquet(file.toString());
        long differences = (long) duck.rows(
                """
                SELECT count(*) FROM (SELECT row_number() OVER (%1$s) AS r, * FROM '%2$s') a
                  FULL JOIN (SELECT row_number() OVER (%1$s) AS r, * FROM (%3$s)) b ON a.r = b.r WHERE a IS DISTINCT FROM b"""
                        .formatted(order, file, expected))
                .getFirst().getFirst();
        assertThat(differences).as("rows that differ").isZero();
        assertThat((long) duck.rows("SELECT count(*) FROM '%s'".formatted(file)).getFirst().getFirst()).isPositive();
    }

    @Test
    void onePartitionOfParquet_isSortedGroupedAndJoinedInAThirdOfItsSize() throws Exception {
        try (Small small = Small.open(20 * MEBIBYTE)) {
            DataFrame rows = small.read("one.parquet");
            assertSameRows(rows.sort("value", "id"), "SELECT * FROM rows ORDER BY value, id", "");
            assertSameRows(
                    rows.groupBy("part").agg(count().as("n"), sum("id").as("ids"), max("text").as("text")),
                    "SELECT part, count(*) AS n, sum(id)::BIGINT AS ids, max(text) AS text FROM rows GROUP BY part",
                    "ORDER BY part");
            assertSameRows(
                    rows.join(small.read("many.parquet").select("id", "text")).withSuffix("2").on("id")
                            .select("id", "text2"),
                    "SELECT id, text AS text2 FROM rows", "ORDER BY id");
        }
    }

    @Test
    void onePartitionOfText_isSortedAndCounted() throws Exception {
        try (Small small = Small.open(20 * MEBIBYTE)) {
            DataFrame rows = small.read("rows.csv.gz").select("id", "value", "text");
            assertSameRows(
                    rows.sort(col("text").desc(), col("id").asc()),
                    "SELECT id, value, text FROM rows ORDER BY text DESC, id", "");
            assertThat(rows.agg(countDistinct("text").as("n")).compute().longColumn("n").get(0))
                    .isEqualTo((long) duck.rows("SELECT count(DISTINCT text) FROM rows").getFirst().getFirst());
        }
    }

    /// All rows have one key, and what the aggregates keep of a group is all of its values.
    @Test
    void oneGroupLargerThanMemory_isAggregated() throws Exception {
        try (Small small = Small.open(8 * MEBIBYTE)) {
            for (String file : new String[] {"one.parquet", "many.parquet"}) {
                DataFrame answer = small.read(file).groupBy("hot").agg(
                        median("value").as("middle"), countDistinct("value").as("values"),
                        countDistinct("text").as("texts"), first("text").as("first"), last("text").as("last"),
                        count().as("n"));
                assertSameRows(answer,
                        """
                        SELECT 7 AS hot, median(value) AS middle, count(DISTINCT value) AS values, count(DISTINCT text) AS texts,
                          arg_min(text, id) AS first, arg_max(text, id) AS last, count(*) AS n FROM rows""",
                        "");
            }
            assertSameRows(
                    small.read("many.parquet").groupBy("hot").top(200_000, col("value").desc(), col("id").asc())
                            .select("id"),
                    "SELECT id FROM (SELECT id FROM rows ORDER BY value DESC, id LIMIT 200000)", "ORDER BY id");
        }
    }

    @Test
    void aHotGroupAmongMany_isAggregated() throws Exception {
        try (Small small = Small.open(8 * MEBIBYTE)) {
            DataFrame answer = small.read("many.parquet")
                    .withColumns(col("id").modulo(10).lt(9).cast(DataType.INT).times(col("part"))
                            .as("skewed"))
                    .withColumns(col("part").minus(col("skewed")).as("key"))
                    .groupBy("key").agg(median("value").as("middle"), countDistinct("text").as("texts"));
            assertSameRows(answer,
                    """
                    SELECT part - (id % 10 < 9)::INT * part AS key, median(value) AS middle, count(DISTINCT text) AS texts
                    FROM rows GROUP BY ALL""",
                    "ORDER BY key");
        }
    }

    @Test
    void aKeyThatMostRowsOfBothSidesHave_isJoinedAsAStream() throws Exception {
        duck.run(
                """
                COPY (SELECT if(i %% 10 < 9, 1, i) AS key, i AS x, i || repeat('x', 3000) AS pad FROM range(6000) t(i)) TO '%s'"""
                        .formatted(file("left.parquet")));
        duck.run(
                """
                COPY (SELECT if(i %% 10 < 9, 1, i) AS key, i AS y, i || repeat('y', 18000) AS pad FROM range(1000) t(i)) TO '%s'"""
                        .formatted(file("right.parquet")));
        String joined = "'%s' l JOIN '%s' r ON l.key = r.key".formatted(file("left.parquet"), file("right.parquet"));
        try (Small small = Small.open(8 * MEBIBYTE)) {
            DataFrame answer = small.read("left.parquet").join(small.read("right.parquet")).withSuffix("2").on("key")
                    .agg(count().as("n"), sum("x").as("x"), sum("y").as("y"), max("pad").as("pad"),
                            max("pad2").as("pad2"));
            assertSameRows(answer,
                    "SELECT count(*) AS n, sum(x)::BIGINT AS x, sum(y)::BIGINT AS y, max(l.pad) AS pad, max(r.pad) AS pad2 FROM "
                            + joined,
                    "");
        }
    }

    @Test
    void textsOfManyMegabytes_goThroughEveryOperator() throws Exception {
        duck.run("""
                COPY (SELECT i AS id, i %% 3 AS key, repeat(chr(97 + i::INT), 9000000 + i::INT) AS text FROM range(12) t(i))
                TO '%s' (ROW_GROUP_SIZE 2048)""".formatted(file("huge.parquet")));
        try (Small small = Small.open(16 * MEBIBYTE)) {
            DataFrame rows = small.read("huge.parquet");
            String table = "'%s'".formatted(file("huge.parquet"));
            assertSameRows(rows.sort(col("text").desc()), "SELECT * FROM %s ORDER BY id DESC".formatted(table), "");
            assertSameRows(
                    rows.groupBy("key").agg(max("text").as("most"), first("text").as("first")),
                    "SELECT key, max(text) AS most, min(text) AS first FROM %s GROUP BY key".formatted(table),
                    "ORDER BY key");
            assertSameRows(
                    rows.distinct().join(rows.select("id", "text")).withSuffix("2").on("text").select("id", "id2",
                            "text"),
                    "SELECT id, id AS id2, text FROM " + table, "ORDER BY id");
        }
    }

    /// A hundred times the memory, through every exchange there is.
    @Test
    void aHundredTimesTheMemory_isSortedGroupedJoinedAndMadeDistinct() throws Exception {
        duck.run(
                "COPY (SELECT id, part, text, repeat(text, 16) AS pad FROM rows WHERE id < 200000) TO '%s' (ROW_GROUP_SIZE 10240)"
                        .formatted(file("wide.parquet")));
        String wide = "'%s'".formatted(file("wide.parquet"));
        try (Small small = Small.open(MEBIBYTE)) {
            DataFrame rows = small.read("wide.parquet");
            assertSameRows(
                    rows.sort(col("text").asc(), col("id").desc()),
                    "SELECT * FROM %s ORDER BY text, id DESC".formatted(wide), "");
            assertSameRows(rows.distinct(), "SELECT * FROM " + wide, "ORDER BY id");
            assertSameRows(
                    rows.groupBy("text").agg(sum("id").as("ids"), max("pad").as("pad")),
                    "SELECT text, sum(id)::BIGINT AS ids, max(pad) AS pad FROM %s GROUP BY text".formatted(wide),
                    "ORDER BY text");
            assertSameRows(
                    rows.join(rows.select("id", "pad")).withSuffix("2").on("id").select("id", "pad2", "text"),
                    "SELECT id, pad AS pad2, text FROM " + wide, "ORDER BY id");
        }
    }

    @Test
    void aFailureInTheMidst_leavesNothing() throws Exception {
        try (Small small = Small.open(8 * MEBIBYTE)) {
            DataFrame failing = small.read("one.parquet").sort("value")
                    .select(col("id").mapLong("check", id -> {
                        if (id == 77) {
                            throw new IllegalStateException("seventy-seven");
                        }
                        return id;
                    }).as("id"));
            assertThatThrownBy(() -> failing.writeParquet(file("failing.parquet").toString()))
                    .hasMessageContaining("seventy-seven");
            small.assertNothingHeld();
        }
    }

    @Test
    void aCancelledJob_leavesNothing() throws Exception {
        try (Small small = Small.open(8 * MEBIBYTE)) {
            DataFrame sorted = small.read("one.parquet").sort("value");
            Thread query = Thread.ofPlatform().start(() -> assertThatThrownBy(
                    () -> sorted.writeParquet(file("cancelled.parquet").toString()))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED)));
            while (small.files().findAny().isEmpty() && query.isAlive()) {
                Thread.onSpinWait();
            }
            query.interrupt();
            query.join();
            assertThat(file("cancelled.parquet")).doesNotExist();
            awaitUnwound(small.engine);
            small.assertNothingHeld();
        }
    }

    /// A job that fails or is cancelled is over for who asked before the tasks that ran are: these end at their next batch.
    private static void awaitUnwound(LocalEngine engine) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (engine.memory().reservedBytes() > 0 && System.nanoTime() < end) {
            Thread.sleep(1);
        }
    }

    @Test
    void aDiskWithoutRoom_isATypedError_andLeavesNothing() throws Exception {
        Path spill = Files.createTempDirectory(folder, "spill");
        EngineOptions options = EngineOptions.defaults().withThreads(2).withBufferBytes(8 * MEBIBYTE)
                .withSpillDirectory(spill).withSpillLimitBytes(16 * MEBIBYTE);
        try (LocalEngine engine = LocalEngine.open(options)) {
            DataFrame sorted = DataFrame.readParquet(file("one.parquet").toString()).withEngine(engine).sort("value");
            assertThatThrownBy(() -> sorted.writeParquet(file("full.parquet").toString()))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageContaining("lazuli.spill-limit");
            awaitUnwound(engine);
            assertThat(engine.memory().reservedBytes()).isZero();
        }
        assertThat(spill).isEmptyDirectory();
    }
}

package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.When;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.tests.oracle.ThroughBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Expressions, plans and tables that programs make and nobody writes by hand: they work, or are refused with what to do instead,
/// and not by the stack or the clock.
@Timeout(60)
class HugePlansTest {
    private static final String TOO_LARGE =
            "An expression is nested more than 1,000 levels deep, or has more than 1,000,000 parts";

    @TempDir
    Path folder;

    private Engine engine;
    private DataFrame frame;

    @BeforeEach
    void open() throws IOException {
        engine = HostileFiles.engine(folder, 256 << 20);
        Path file = Files.writeString(folder.resolve("t.csv"), "i,s\n1,a\n2,b\n900,c\n");
        frame = DataFrame.readCsv(file.toString()).withEngine(engine);
    }

    @AfterEach
    void close() {
        HostileFiles.assertNothingHeld(engine, folder);
        engine.close();
    }

    private static Expr anyOf(int count) {
        return IntStream.range(0, count).mapToObj(i -> col("i").eq(i)).reduce(Expr::or).orElseThrow();
    }

    private static Expr sumOf(int count) {
        return IntStream.range(0, count).mapToObj(i -> col("i")).reduce(Expr::plus).orElseThrow();
    }

    @Test
    void conditionsJoinedInALoop() throws IOException {
        assertThat(frame.filter(anyOf(50_000)).count()).isEqualTo(3);
        assertThat(frame.filter(anyOf(5_000).and(anyOf(2))).explain()).contains("(i = 0) or (i = 1) or (i = 2)");
        assertThat(frame.select(anyOf(50_000).as("x")).toString()).endsWith(".or(col(\"i\").eq(49999)).as(\"x\"))");
        assertThat(frame.groupBy(anyOf(5_000).as("x")).agg(sum(anyOf(5_000).cast(DataType.INT)).as("y")).count())
                .isEqualTo(1);
        int width = 2_000;
        Path wide = Files.writeString(folder.resolve("wide.csv"),
                IntStream.range(0, width).mapToObj(c -> "c" + c).collect(Collectors.joining(",")) + "\n"
                        + ("7,".repeat(width - 1) + "7\n").repeat(5) + "7,".repeat(width - 1) + "8\n");
        DataFrame columns = DataFrame.readCsv(wide.toString()).withEngine(engine);
        Expr all = IntStream.range(0, 5_000).mapToObj(i -> col("c" + i % width).eq(7)).reduce(Expr::and).orElseThrow();
        assertThat(columns.filter(all).count()).isEqualTo(5);
        String parquet = folder.resolve("wide.parquet").toString();
        columns.writeParquet(parquet);
        assertThat(DataFrame.readParquet(parquet).withEngine(engine).filter(all).count()).isEqualTo(5);
        String condition = IntStream.range(0, 5_000).mapToObj(i -> "c" + i % width + " > 6")
                .collect(Collectors.joining(" and "));
        assertThat(columns.filter(condition).count()).isEqualTo(6);
    }

    @Test
    void deepExpressions() {
        assertThat(frame.filter(sumOf(900).gt(0)).count()).isEqualTo(3);
        assertThat(frame.filter(col("i").in(LongStream.range(0, 100_000).toArray())).count()).isEqualTo(3);
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.filter(sumOf(50_000).gt(0)), TOO_LARGE, "in(...)");
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.select(sumOf(50_000).as("x")), TOO_LARGE);
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.groupBy(sumOf(50_000).as("x")).agg(sum("i")), TOO_LARGE);
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.agg(sum(sumOf(50_000).cast(DataType.LONG))), TOO_LARGE);
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.sort(sumOf(50_000).asc()), TOO_LARGE);
        Expr alternating = col("i").gt(0);
        for (int i = 0; i < 50_000; i++) {
            alternating = i % 2 == 0 ? alternating.and(col("i").gt(i)) : alternating.or(col("i").gt(i));
        }
        Expr deep = alternating;
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.filter(deep), TOO_LARGE);
        When.Then branches = when(col("i").eq(0)).then(0);
        for (int i = 1; i < 50_000; i++) {
            branches = branches.when(col("i").eq(i)).then(i);
        }
        Expr choice = branches.otherwise(-1);
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.select(choice.as("x")), TOO_LARGE);
        String sums = IntStream.range(0, 50_000).mapToObj(i -> "1").collect(Collectors.joining(" + "));
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.filter(sums + " > 0"), TOO_LARGE);
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.filter("(".repeat(100_000)), "character");
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.filter("not ".repeat(100_000)), "character");
    }

    @Test
    void expressionsThatDoubleAgainAndAgain() {
        Expr doubled = col("i").times(lit(0));
        for (int i = 0; i < 60; i++) {
            doubled = doubled.plus(doubled);
        }
        Expr endless = doubled;
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.select(endless.as("x")), TOO_LARGE);
    }

    @Test
    void deepPlansAreBytes() {
        DataFrame sent = frame.withEngine(new ThroughBytes(engine));
        assertThat(sent.filter(sumOf(900).gt(0)).count()).isEqualTo(3);
        assertThat(sent.select(sumOf(300).mapLong("same", x -> x).as("x")).agg(sum("x").as("y")).compute()
                .longColumn(0).get(0)).isEqualTo(300 * 903);
        assertThat(sent.filter(anyOf(50_000)).count()).isEqualTo(3);
        When.Then branches = when(col("i").eq(0)).then(0);
        for (int i = 1; i < 900; i++) {
            branches = branches.when(col("i").eq(i)).then(i);
        }
        assertThat(sent.select(branches.otherwise(-1).as("x")).agg(sum("x").as("y")).compute().longColumn(0).get(0))
                .isEqualTo(1 + 2 - 1);
        DataFrame steps = sent;
        for (int i = 0; i < 200; i++) {
            steps = steps.withColumns(col("i").plus(1).as("i"));
        }
        assertThat(steps.agg(sum("i").as("x")).compute().longColumn(0).get(0)).isEqualTo(903 + 600);
    }

    @Test
    void plansOfManySteps() {
        DataFrame deep = frame;
        for (int i = 0; i < 200; i++) {
            deep = deep.withColumns(col("i").plus(1).as("i"));
        }
        assertThat(deep.agg(sum("i").as("x")).compute().longColumn(0).get(0)).isEqualTo(903 + 600);
    }

    @Test
    void tablesOfManyColumns() throws IOException {
        int width = 30_000;
        Path wide = Files.writeString(folder.resolve("wide.csv"),
                IntStream.range(0, width).mapToObj(c -> "c" + c).collect(Collectors.joining(",")) + "\n"
                        + "7,".repeat(width - 1) + "7\n");
        DataFrame columns = DataFrame.readCsv(wide.toString(),
                CsvReadOptions.DEFAULTS.withSampleBytes(1 << 20)).withEngine(engine);
        assertThat(columns.count()).isEqualTo(1);
        assertThat(columns.filter(col("c29999").eq(7)).select("c3").compute().intColumn(0).get(0)).isEqualTo(7);
        assertThat(columns.drop("c0").schema().size()).isEqualTo(width - 1);
        String copy = folder.resolve("wide.parquet").toString();
        columns.select(IntStream.range(0, 500).mapToObj(c -> "c" + c).toArray(String[]::new)).writeParquet(copy);
        assertThat(DataFrame.readParquet(copy).withEngine(engine).dropNulls().count()).isEqualTo(1);
    }

    @Test
    void anEngineThatIsClosed() {
        Engine closed = HostileFiles.engine(folder, 64 << 20);
        closed.close();
        HostileFiles.assertRefused(ErrorCode.USER, () -> frame.withEngine(closed).count(), "closed");
    }
}

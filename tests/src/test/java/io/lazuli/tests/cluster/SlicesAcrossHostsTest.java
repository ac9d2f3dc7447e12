package io.lazuli.tests.cluster;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.Engine;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.tests.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Frames on workers that cannot see each other's files, as if each were on a host of its own: what an exchange takes from another
/// one comes slice by slice, and all kinds of columns are whole in it.
@Timeout(120)
class SlicesAcrossHostsTest {
    private static final int FILES = 4;
    private static final int ROWS = 12_000;

    @TempDir
    static Path folder;

    private static Cluster cluster;
    private static Engine local;

    /// Plans with exchanges of much data.
    enum Plan {
        REPARTITION(frame -> frame.repartition(8).filter(col("v").ge(0))),
        REPARTITION_OF_FEW_COLUMNS(frame -> frame.select("flag", "text").repartition(3)),
        GROUPS(frame -> frame.groupBy("text").agg(sum("v").as("s"), median("x").as("m"), count().as("n"))),
        JOIN(frame -> frame.join(frame.select(col("id"), col("name").as("again"))).on("id")),
        SORT(frame -> frame.sort("text", "id"));

        final UnaryOperator<DataFrame> of;

        Plan(UnaryOperator<DataFrame> of) {
            this.of = of;
        }
    }

    @BeforeAll
    static void open() throws IOException {
        for (int file = 0; file < FILES; file++) {
            Files.writeString(folder.resolve("part-" + file + ".csv"), rows(file));
        }
        EngineOptions options = EngineOptions.defaults().withThreads(2).withBufferBytes(64 << 20);
        local = LocalEngine.open(options.withSpillDirectory(folder.resolve("local")));
        Path spill = Files.createDirectory(folder.resolve("spill"));
        cluster = Cluster.processes(2, options.withSpillDirectory(spill));
        Wait.until("both workers", () -> hostFiles().size() == 2);
        for (Path file : hostFiles()) {
            Files.delete(file);
        }
    }

    /// What processes of one host know each other by.
    private static List<Path> hostFiles() {
        try (Stream<Path> files = Files.walk(folder.resolve("spill"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("host-")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Numbers, texts short and long, and nothing here and there.
    private static String rows(int file) {
        Random random = new Random(file);
        return "id,v,x,flag,name,text\n" + IntStream.range(file * ROWS, (file + 1) * ROWS)
                .mapToObj(id -> id + "," + random.nextInt(1000) + ","
                        + (random.nextInt(9) == 0 ? "" : "" + random.nextInt(100) / 8.0) + "," + random.nextBoolean()
                        + "," + (random.nextInt(5) == 0 ? "" : "n" + random.nextInt(20)) + ",text number "
                        + random.nextInt(ROWS) + " of many\n")
                .collect(Collectors.joining());
    }

    @AfterAll
    static void close() {
        cluster.close();
        local.close();
    }

    private static List<String> run(Engine engine, Plan plan) {
        DataFrame frame = plan.of.apply(DataFrame.readCsv(folder.resolve("part-*.csv").toString()).withEngine(engine));
        String[] lines = frame.compute().write().toString("csv").split("\n");
        return Stream.of(lines).sorted().toList();
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerIsThatOfOneProcess(Plan plan) {
        assertThat(run(cluster, plan)).isEqualTo(run(local, plan));
    }
}

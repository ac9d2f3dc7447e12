package io.lazuli.cli;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.corr;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.min;
import static io.lazuli.dataframe.Expressions.std;
import static io.lazuli.dataframe.Expressions.sum;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.DataType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What the launcher has the JVM watch once, so that later starts know classes and hot methods beforehand: the demo, and questions of
/// many kinds about the flights that come with it. The questions are asked more than once, since what ran once is not hot, and some of
/// so many rows that there are several partitions, whose partial answers are merged.
final class Training {
    private static final int ROUNDS = 2;

    private Training() {}

    static int run(PrintStream out) {
        Path scratch = temporaryFolder();
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Demo.run(List.of("--output", scratch.resolve("demo.parquet").toString()), quiet);
            DataFrame flights = DataFrame.readParquet(Demo.examples().resolve("flights/*.parquet").toString());
            DataFrame airports = DataFrame.readCsv(Demo.examples().resolve("airports.csv").toString());
            for (int round = 0; round < ROUNDS; round++) {
                String written = scratch.resolve("flights" + round).toString();
                aboutFiles(flights, written);
                aboutGroups(DataFrame.readParquet(written + ".parquet"), written);
                aboutPartialGroups(DataFrame.readParquet(written + "-often.parquet"));
                aboutJoins(flights, airports);
            }
        } finally {
            delete(scratch);
        }
        out.println("trained");
        return 0;
    }

    private static void aboutFiles(DataFrame flights, String written) {
        String csv = written + ".csv";
        flights.writeCsv(csv);
        withPlanes(flights).writeParquet(written + ".parquet");
        withPlanes(flights.concat(flights, flights)).writeParquet(written + "-often.parquet");
        run(DataFrame.readCsv(csv).groupBy("origin").agg(count().as("n"), sum("delay")));
        run(DataFrame.readCsv(csv));
    }

    private static DataFrame withPlanes(DataFrame flights) {
        return flights.withRowIndex("number")
                .withColumns(
                        col("number").modulo(100_000).cast(DataType.INT).as("plane"),
                        col("delay").cast(DataType.INT).as("minutes"));
    }

    private static void aboutPartialGroups(DataFrame flights) {
        run(flights.groupBy("origin").agg(sum("minutes")));
        run(flights.groupBy("origin", "destination").agg(sum("minutes"), sum("distance")));
        run(flights.groupBy("plane").agg(mean("minutes"), sum("distance")));
    }

    private static void aboutGroups(DataFrame flights, String written) {
        run(flights.groupBy("origin").agg(sum("delay"), mean("distance")));
        run(flights.groupBy("origin", "destination").agg(sum("delay")));
        run(flights.groupBy("plane").agg(sum("delay"), sum("distance"),
                max("delay").minus(min("distance")).as("range")));
        run(flights.groupBy("origin", "delay").agg(median("distance"), std("distance"), corr("delay", "distance")));
        run(flights.groupBy("plane").top(2, col("delay").desc()));
        flights.groupBy("origin", "destination", "date", "plane")
                .agg(sum("delay"), count().as("n"))
                .writeParquet(written + "-groups.parquet");
        flights.sort(col("delay").desc(), col("origin").asc()).writeParquet(written + "-sorted.parquet");
        run(flights.select("origin", "destination").distinct());
    }

    private static void aboutJoins(DataFrame flights, DataFrame airports) {
        DataFrame numbered = flights.withRowIndex("number");
        DataFrame late = numbered.filter(col("delay").gt(0));
        run(flights.join(airports).leftOn("origin").rightOn("iata"));
        run(numbered.join(late.select("number", "distance").rename("distance", "far")).on("number"));
        run(numbered.leftJoin(late.select("number", "origin").rename("origin", "from")).on("number"));
    }

    /// Computes and keeps an answer, as a program would that goes on with it.
    private static void run(DataFrame question) {
        DataFrame answer = question.persist();
        answer.agg(count().as("n")).compute();
        answer.unpersist();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("lazuli-training");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

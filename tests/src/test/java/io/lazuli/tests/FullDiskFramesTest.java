package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.max;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.io.JsonWriteOptions;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full while frames are written, or while operators spill: one typed error that names the file or directory,
/// and nothing left on the disk, in memory or open. Needs a small file system, which only root can mount.
class FullDiskFramesTest {
    private static final int ROWS = 1_000_000;

    @TempDir
    private static Path folder;

    private static Path disk;
    private static Path source;

    @BeforeAll
    static void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
                "SKIPPED: no tmpfs can be mounted here, so no disk is really full");
        StringBuilder csv = new StringBuilder("id,key,name\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i).append(',').append(i * 7919L % ROWS).append(",name ").append(i ^ 0x5555).append('\n');
        }
        source = Files.writeString(folder.resolve("source.csv"), csv);
    }

    @AfterAll
    static void unmount() throws Exception {
        if (source != null) {
            assertThat(run("umount", "-l", disk.toString())).as("unmounted").isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void writersLeaveNothingBehind() throws IOException {
        Map<String, BiConsumer<DataFrame, String>> writers = new LinkedHashMap<>();
        writers.put("t.csv", DataFrame::writeCsv);
        writers.put("t.csv.gz", DataFrame::writeCsv);
        writers.put("csv-parts", (frame, path) -> frame.writeCsv(path, CsvWriteOptions.DEFAULTS.withPartFiles(".csv")));
        writers.put("t.json", DataFrame::writeJson);
        writers.put("json-parts",
                (frame, path) -> frame.writeJson(path, JsonWriteOptions.DEFAULTS.withPartFiles(".json")));
        writers.put("t.parquet", DataFrame::writeParquet);
        writers.put("t.arrow", DataFrame::writeArrow);
        Path kept = Files.writeString(disk.resolve("kept"), "somebody else's");
        try (Engine engine = HostileFiles.engine(folder, 256 << 20)) {
            DataFrame frame = DataFrame.readCsv(source.toString()).withEngine(engine).filter(col("id").lt(300_000));
            writers.forEach((name, writer) -> {
                Path target = disk.resolve(name);
                HostileFiles.assertRefused(ErrorCode.RESOURCE, () -> writer.accept(frame, target.toString()),
                        "Writing '" + target + "' failed", "No space left on device", "Nothing is left of it");
                assertThat(HostileFiles.names(disk)).as("after " + name).containsExactly("kept");
                HostileFiles.assertNothingHeld(engine, disk);
            });
            assertThat(kept).hasContent("somebody else's");
            frame.limit(1000).writeCsv(disk.resolve("small.csv").toString());
            assertThat(HostileFiles.names(disk)).containsExactlyInAnyOrder("kept", "small.csv");
            Files.delete(disk.resolve("small.csv"));
        }
        Files.delete(kept);
    }

    @Test
    void operatorsThatSpillLeaveNothingBehind() {
        Map<String, Consumer<DataFrame>> queries = new LinkedHashMap<>();
        queries.put("group-by", frame -> frame.groupBy("name").agg(count(), max("key").as("m")).persist().unpersist());
        queries.put("distinct values", frame -> frame.groupBy(col("key").modulo(3).as("k"))
                .agg(countDistinct("name").as("n")).count());
        queries.put("sort", frame -> frame.sort(col("name").desc(), col("id").asc()).persist().unpersist());
        queries.put("join", frame -> frame.join(frame.rename("id", "other").rename("name", "otherName")).on("key")
                .sort("otherName").persist().unpersist());
        queries.put("persist", frame -> frame.persist().unpersist());
        try (Engine engine = HostileFiles.engine(disk, 32 << 20)) {
            DataFrame frame = DataFrame.readCsv(source.toString()).withEngine(engine);
            int refused = 0;
            for (Map.Entry<String, Consumer<DataFrame>> query : queries.entrySet()) {
                LazuliException error = HostileFiles.refusal(() -> query.getValue().accept(frame)).orElse(null);
                if (error != null) {
                    refused++;
                    assertThat(error.code()).as(query.getKey() + ": " + error.getMessage())
                            .isEqualTo(ErrorCode.RESOURCE);
                    assertThat(error.getMessage()).as(query.getKey()).containsAnyOf(disk.toString(), "more memory",
                            "memory limit");
                }
                HostileFiles.assertNothingHeld(engine, disk);
                assertThat(frame.limit(10).count()).as("the engine goes on after " + query.getKey()).isEqualTo(10);
            }
            assertThat(refused).as("queries that found no room").isGreaterThan(1);
        }
        assertThat(disk).isEmptyDirectory();
    }
}

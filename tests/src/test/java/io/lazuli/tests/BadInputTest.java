package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What users do wrong, end to end: one typed error that names the input and says what to do; nothing half-written stays, and
/// the engine is as it was before.
class BadInputTest {
    @TempDir
    Path folder;

    private Engine engine;

    @BeforeEach
    void openEngine() {
        engine = LocalEngine.open(EngineOptions.defaults().withThreads(2).withBufferBytes(256 << 20));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(engine.memory().reservedBytes()).isZero();
        assertThat(engine.memory().liveBufferCount()).isZero();
        engine.close();
    }

    private DataFrame people() throws Exception {
        Path file = folder.resolve("people.csv");
        Files.writeString(file, "name,age\nAda,36\nAlan,41\nGrace,85\n");
        return DataFrame.readCsv(file.toString()).withEngine(engine);
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String... parts) {
        assertThatThrownBy(call).asInstanceOf(type(LazuliException.class)).satisfies(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.getMessage()).contains(parts);
        });
    }

    @Test
    void missingFile() {
        assertRefused(() -> DataFrame.readParquet("nowhere.parquet"), ErrorCode.USER, "nowhere.parquet");
        assertRefused(() -> DataFrame.readCsv(folder + "/*.csv"), ErrorCode.USER, folder + "/*.csv");
    }

    @Test
    void fileOfAnotherFormat() throws Exception {
        Path file = Files.writeString(folder.resolve("text.parquet"), "this is no Parquet file, it only says so");
        assertRefused(() -> DataFrame.readParquet(file.toString()), ErrorCode.DATA, file.toString());
    }

    @Test
    void missingColumn() throws Exception {
        DataFrame people = people();
        assertRefused(
                () -> people.select("nmae"), ErrorCode.USER, "Column 'nmae' not found", "people.csv",
                "Did you mean 'name'?");
    }

    @Test
    void wrongType() throws Exception {
        DataFrame people = people();
        assertRefused(() -> people.filter(col("name").plus(1).gt(3)), ErrorCode.USER, "col(\"name\")", "UTF8");
        assertRefused(() -> people.filter(col("age")), ErrorCode.USER, "BOOL");
    }

    @Test
    void fieldThatIsNotOfItsType() throws Exception {
        Path file = folder.resolve("ages.csv");
        String lines = String.join("\n", IntStream.range(0, 200_000).mapToObj(Integer::toString).toList());
        Files.writeString(file, "age\n" + lines + "\n" + "old" + "\n" + lines + "\n");
        DataFrame ages = DataFrame.readCsv(file.toString(), CsvReadOptions.DEFAULTS.withType(
                "age", DataType.INT))
                .withEngine(engine);
        assertRefused(() -> ages.filter(col("age").gt(0)).count(), ErrorCode.DATA, file.toString(), "200002", "'old'");
    }

    @Test
    void failingUserFunctionLeavesNoFileBehind() throws Exception {
        DataFrame people = people().withColumns(col("age").cast(DataType.FLOAT64)
                .mapDouble("half", age -> {
                    if (age > 80) {
                        throw new IllegalStateException("too old to be halved");
                    }
                    return age / 2;
                })
                .as("half"));
        for (String name : new String[] {"out.parquet", "out.csv"}) {
            Path target = folder.resolve(name);
            ThrowingCallable write = name.endsWith("csv")
                    ? () -> people.writeCsv(target.toString())
                    : () -> people.writeParquet(target.toString());
            assertRefused(write, ErrorCode.USER, "half", "BadInputTest.java", "85", "too old to be halved");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("people.csv");
        }
    }

    @Test
    void existingTarget() throws Exception {
        DataFrame people = people();
        Path target = Files.writeString(folder.resolve("mine.csv"), "mine");
        assertRefused(() -> people.writeCsv(target.toString()), ErrorCode.USER, target.toString(),
                "withOverwrite(true)");
        assertThat(target).hasContent("mine");
    }

    @Test
    void unwritableTarget() throws Exception {
        DataFrame people = people();
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> people.writeParquet(notAFolder.resolve("out.parquet").toString()))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining(notAFolder.toString());
        assertThatThrownBy(() -> people.writeParquet(folder.resolve("no/such/folder/out.parquet").toString()))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("no/such/folder");
    }
}

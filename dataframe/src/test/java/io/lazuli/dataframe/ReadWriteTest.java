package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class ReadWriteTest {
    @TempDir
    Path folder;

    private final InlineEngine engine = new InlineEngine();

    @BeforeEach
    void writeTrips() throws IOException {
        Files.writeString(folder.resolve("trips.csv"), """
                zone,fare,tip,day
                north,10.5,1,2024-01-31
                south,20,,2024-02-01
                ,5,2,2024-02-02
                north,30,4,2024-02-03
                """);
    }

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /// The example of the README.
    @Test
    void aCsvFileBecomesATable() {
        Table zones = DataFrame.readCsv(path("trips.csv"))
                .withEngine(engine)
                .filter(col("fare").gt(7))
                .withColumns(col("tip").dividedBy(col("fare")).as("share"))
                .groupBy("zone")
                .agg(count().as("trips"), sum("fare"), mean("share"))
                .sort(col("trips").desc())
                .compute();

        assertThat(zones.columnNames()).containsExactly("zone", "trips", "fare_sum", "share_mean");
        assertThat(zones.stringColumn("zone").asList()).containsExactly("north", "south");
        assertThat(zones.longColumn("trips").asObjectArray()).containsExactly(2L, 1L);
        assertThat(zones.column("share_mean").isMissing(1)).isTrue();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        DataFrame trips = DataFrame.readCsv(path("trips.csv"), CsvReadOptions.DEFAULTS.withType("tip", DataType.LONG))
                .withEngine(engine);
        trips.sort(col("fare").desc()).writeParquet(path("trips.parquet"));
        trips.writeCsv(path("again.csv"), CsvWriteOptions.DEFAULTS.withDelimiter(';'));

        DataFrame parquet = DataFrame.readParquet(path("trips.parquet")).withEngine(engine);
        DataFrame csv =
                DataFrame.readCsv(path("again.csv"), CsvReadOptions.DEFAULTS.withDelimiter(';')).withEngine(engine);

        assertThat(parquet.schema()).isEqualTo(trips.schema());
        assertThat(Results.rows(parquet.select("fare"))).containsExactly(List.of(30.0), List.of(20.0), List.of(10.5),
                List.of(5.0));
        assertThat(Results.sorted(parquet)).isEqualTo(Results.sorted(trips));
        assertThat(Results.rows(csv.select("zone", "day"))).isEqualTo(Results.rows(trips.select("zone", "day")));
    }

    @Test
    void theRowsOfAParquetFileAreCountedByItsFooter() {
        DataFrame.readCsv(path("trips.csv")).withEngine(engine).writeParquet(path("trips.parquet"));
        DataFrame trips = DataFrame.readParquet(path("trips.parquet")).withEngine(engine);

        assertThat(trips.count()).isEqualTo(4);
        assertThat(trips.agg(count()).explain(Explain.LAYERS)).contains("scan one row").doesNotContain("parquet");
        assertThat(trips.filter(col("fare").gt(7)).count()).isEqualTo(3);
        assertThat(trips.limit(3).count()).isEqualTo(3);
    }

    @Test
    void aTargetThatIsThereIsRefusedBeforeAnythingRuns() {
        DataFrame trips = DataFrame.readCsv(path("trips.csv")).withEngine(engine);

        assertThatThrownBy(() -> trips.writeCsv(path("trips.csv"))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("trips.csv");
        assertThat(engine.submitted()).isEmpty();

        trips.filter(col("tip").isNotNull()).writeCsv(path("trips.csv"), CsvWriteOptions.DEFAULTS.withOverwrite(true));
        assertThat(DataFrame.readCsv(path("trips.csv")).withEngine(engine).count()).isEqualTo(3);
    }

    @Test
    void aJobThatFailsLeavesNoFile() throws IOException {
        DataFrame trips = DataFrame.readCsv(path("trips.csv")).withEngine(engine);

        assertThatThrownBy(() -> trips.select(col("zone").cast(DataType.LONG)).writeParquet(path("x.parquet"),
                ParquetWriteOptions.DEFAULTS))
                .hasMessageContaining("north");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("trips.csv");
        }
    }

    @Test
    void jsonAndCompressedFilesAreReadAgain() {
        DataFrame trips = DataFrame.readCsv(path("trips.csv")).withEngine(engine);
        for (String suffix : List.of("", ".gz", ".zst")) {
            trips.writeJson(path("again.json" + suffix));
            trips.writeCsv(path("again.csv" + suffix));

            assertThat(Results.rows(DataFrame.readJson(path("again.json" + suffix)).withEngine(engine).drop("day")))
                    .isEqualTo(Results.rows(trips.drop("day")));
            assertThat(Results.rows(DataFrame.readCsv(path("again.csv" + suffix)).withEngine(engine)))
                    .isEqualTo(Results.rows(trips));
        }
    }

    @Test
    void partFilesAppearAsOneFolder() throws IOException {
        DataFrame trips = DataFrame.readCsv(path("trips.csv")).withEngine(engine);
        CsvWriteOptions options = CsvWriteOptions.DEFAULTS.withPartFiles(".csv.gz");
        trips.writeCsv(path("parts"), options);

        assertThat(folder.resolve("parts")).isDirectoryContaining("glob:**/part-00000.csv.gz");
        assertThat(Results.rows(DataFrame.readCsv(path("parts")).withEngine(engine))).isEqualTo(Results.rows(trips));
        assertThatThrownBy(() -> trips.writeCsv(path("parts"), options)).hasMessageContaining(
                "is already there and not empty. Choose another name, or write with withOverwrite(true).");

        trips.limit(1).writeCsv(path("parts"), options.withOverwrite(true));
        assertThat(DataFrame.readCsv(path("parts")).withEngine(engine).count()).isEqualTo(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("trips.csv",
                    "parts");
        }
    }

    @Test
    void missingFilesAreFoundAtOnce() {
        assertThatThrownBy(() -> DataFrame.readParquet(path("none.parquet"))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("none.parquet");
    }
}

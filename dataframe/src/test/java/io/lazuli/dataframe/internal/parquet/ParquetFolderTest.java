package io.lazuli.dataframe.internal.parquet;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Explain;
import io.lazuli.dataframe.InlineEngine;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many files as one table: which columns their folders give, and which partitions they become.
class ParquetFolderTest {
    private static final Schema SCHEMA = Schema.of(new Field("n", DataType.LONG), new Field("t", DataType.UTF8));

    @TempDir
    private Path folder;

    private void write(String name, List<List<Object>> rows) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Scans.write(ParquetTableWriter.create(file.toString(), SCHEMA, ParquetWriteOptions.DEFAULTS), SCHEMA, rows, 9);
    }

    private void writeTrips() throws IOException {
        write("year=2023/zone=north/a.parquet", List.of(List.of(1L, "one"), List.of(2L, "two")));
        write("year=2023/zone=south%2Feast/a.parquet", List.of(List.of(3L, "three")));
        write("year=2024/zone=__HIVE_DEFAULT_PARTITION__/a.parquet", List.of(List.of(4L, "four")));
        write("year=2024/zone=north/b.parquet", List.of(List.of(5L, "five")));
    }

    private ParquetSource open() {
        return ParquetSource.open(folder.toString());
    }

    @Test
    void namesOfFoldersAreColumns() throws IOException {
        writeTrips();

        assertThat(open().schema()).isEqualTo(Schema.of(
                new Field("n", DataType.LONG), new Field("t", DataType.UTF8), new Field("year", DataType.LONG),
                new Field("zone", DataType.UTF8)));
        assertThat(Scans.rows(open())).containsExactly(
                List.of(1L, "one", 2023L, "north"), List.of(2L, "two", 2023L, "north"),
                List.of(3L, "three", 2023L, "south/east"), Arrays.asList(4L, "four", 2024L, null),
                List.of(5L, "five", 2024L, "north"));
        assertThat(Scans.rows(open(), List.of(3, 0))).startsWith(List.of("north", 1L));
        assertThat(Scans.rows(open(), List.of(2))).hasSize(5);
    }

    @Test
    void foldersThatAFilterRulesOutAreNotRead() throws IOException {
        writeTrips();
        Files.writeString(folder.resolve("year=2023/zone=north/_SUCCESS"), "");
        DataFrame trips = DataFrame.readParquet(folder.toString());

        assertThat(partitions(trips.filter(col("year").eq(2024)))).isEqualTo(2);
        assertThat(partitions(trips.filter(col("year").eq(2024).and(col("zone").eq("north"))))).isOne();
        assertThat(partitions(trips.filter(col("zone").isNull()))).isOne();
        assertThat(partitions(trips.filter(col("zone").str().startsWith("south")))).isOne();
        assertThat(partitions(trips.filter(col("zone").in("north", "nowhere")))).isEqualTo(2);
        assertThat(partitions(trips.filter(col("year").between(2024, 2030).and(col("n").gt(4))))).isOne();
    }

    /// Files that a scan reads, each of which is a partition.
    private static long partitions(DataFrame filtered) {
        String line = filtered.explain(Explain.LAYERS).lines().skip(1).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll(".* (\\d+) partitions?.*", "$1"));
    }

    @Test
    void whatIsAskedOfFoldersIsAnsweredRight() throws IOException {
        writeTrips();
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame trips = DataFrame.readParquet(folder.toString()).withEngine(engine);

            assertThat(trips.filter(col("zone").ne("north")).count()).isOne();
            assertThat(trips.count()).isEqualTo(5);
            assertThat(trips.groupBy("year").agg(sum("n").as("s"), count().as("c")).sort("year").compute()
                    .longColumn("s")
                    .asList()).containsExactly(6L, 9L);
            assertThat(trips.filter(col("n").gt(4).or(col("year").eq(2023))).select("t", "zone").compute().rowCount())
                    .isEqualTo(4);
        }
    }

    @Test
    void daysAreDatesAndAFoldersColumnCountsMoreThanTheFiles() throws IOException {
        write("day=2024-02-28/a.parquet", List.of(List.of(1L, "x")));
        write("day=2024-02-29/a.parquet", List.of(List.of(2L, "x")));
        assertThat(open().schema().field(2)).isEqualTo(new Field("day", DataType.DATE));

        write("day=2024-02-29/t=7/a.parquet", List.of(List.of(2L, "x")));
        assertThatThrownBy(this::open).hasMessage(
                "Folders of one frame must name the same columns in the same order, but those of '%1$s/day=2024-02-28/a.parquet' name [day] and those of '%1$s/day=2024-02-29/t=7/a.parquet' name [day, t]. Read them as two frames."
                        .formatted(folder));
    }

    @Test
    void aColumnThatFilesHaveTooIsTheFolders() throws IOException {
        write("t=7/a.parquet", List.of(List.of(2L, "x")));

        assertThat(Scans.rows(open())).containsExactly(List.of(2L, 7L));
    }

    @Test
    void fewFilesArePartitionsAndManySmallOnesShareThem() throws IOException {
        for (int file = 0; file < 16; file++) {
            write("part-%02d.parquet".formatted(file), List.of(List.of((long) file, "x")));
        }
        assertThat(splits()).hasSize(16);

        for (int file = 16; file < 100; file++) {
            write("part-%02d.parquet".formatted(file), List.of(List.of((long) file, "x"), List.of((long) file, "y")));
        }
        List<ParquetSplit> splits = splits();
        assertThat(splits).hasSize(16);
        assertThat(splits.stream().flatMap(split -> split.parts().stream()).map(ParquetSplit.Part::file))
                .isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(Scans.rows(open()).stream().map(row -> row.getFirst()))
                .isEqualTo(Stream.concat(
                        IntStream.range(0, 16).boxed(),
                        IntStream.range(16, 100).boxed().flatMap(file -> Stream.of(file, file)))
                        .map(file -> (Object) (long) file)
                        .toList());
    }

    private List<ParquetSplit> splits() {
        ScanRequest all = Scans.request(List.of(0, 1));
        return open().splits(all).stream().map(ParquetSplit.class::cast).toList();
    }
}

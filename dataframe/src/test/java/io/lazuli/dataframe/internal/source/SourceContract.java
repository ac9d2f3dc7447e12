package io.lazuli.dataframe.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every format of files promises.
public abstract class SourceContract {
    private static final int MANY = 1_000_001;
    private static final List<Integer> ALL = List.of(0, 1, 2, 3, 4, 5, 6);

    @TempDir
    protected Path folder;

    /// Writes a file of that name in [#folder].
    protected abstract TableWriter writer(String name, Schema schema);

    /// Opens a file, folder or pattern; the types of a CSV file are those of `schema`.
    protected abstract Source open(String name, Schema schema);

    /// The end of the names of files of this format.
    protected abstract String suffix();

    private Source random(int rowCount, double nullShare) {
        Scans.write(writer("random" + suffix(), RandomRows.SCHEMA), RandomRows.SCHEMA,
                RandomRows.of(rowCount, nullShare, 1), 1000);
        return open("random" + suffix(), RandomRows.SCHEMA);
    }

    @Test
    void roundTripKeepsValuesOfEveryType() {
        for (double nullShare : new double[] {0, 0.3, 1}) {
            assertThat(Scans.rows(random(10_000, nullShare))).isEqualTo(RandomRows.of(10_000, nullShare, 1));
            deleteAll();
        }
    }

    /// The types that columns of this format may have.
    protected Schema types() {
        return RandomRows.ALL;
    }

    @Test
    void everyTypeReadsBack() {
        for (double nullShare : new double[] {0, 0.3, 1}) {
            List<List<Object>> rows = RandomRows.of(types(), 5000, nullShare, 2);
            Scans.write(writer("types" + suffix(), types()), types(), rows, 700);
            Source source = open("types" + suffix(), types());
            assertThat(source.schema()).isEqualTo(types());
            assertThat(source.skippedColumns()).isEmpty();
            assertThat(Scans.rows(source)).isEqualTo(rows);
            deleteAll();
        }
    }

    @Test
    void emptyTableKeepsItsSchema() {
        Source source = random(0, 0);
        assertThat(source.schema()).isEqualTo(RandomRows.SCHEMA);
        assertThat(Scans.rows(source)).isEmpty();
    }

    @Test
    void columnsComeInTheOrderOfTheRequest() {
        Source source = random(5000, 0.1);
        List<List<Object>> expected = RandomRows.of(5000, 0.1, 1).stream()
                .map(row -> Arrays.asList(row.get(6), row.get(0), row.get(4)))
                .toList();
        assertThat(Scans.rows(source, List.of(6, 0, 4))).isEqualTo(expected);
    }

    @Test
    void noColumnsStillCountRows() {
        assertThat(Scans.rows(random(9000, 0.1), List.of())).hasSize(9000).containsOnly(List.of());
    }

    @Test
    protected void splitsCoverAllRowsOnceAndInOrder() {
        Schema schema = Schema.of(new Field("n", DataType.LONG));
        List<List<Long>> rows = LongStream.range(0, MANY).boxed().map(List::of).toList();
        Scans.write(writer("many" + suffix(), schema), schema, rows, 100_000);
        Source source = open("many" + suffix(), schema);
        assertThat(source.splits(Scans.request(List.of(0)))).hasSize(8);
        assertThat(source.estimate(Scans.request(List.of(0))).rowCount()).isBetween(MANY / 2L, MANY * 2L);
        assertThat(Scans.rows(source).equals(rows)).isTrue();
    }

    @Test
    void filesOfAFolderAreReadInTheOrderOfTheirNames() {
        Schema schema = Schema.of(new Field("n", DataType.INT));
        Scans.write(writer("b" + suffix(), schema), schema, List.of(List.of(2), List.of(3)), 1);
        Scans.write(writer("a" + suffix(), schema), schema, List.of(List.of(1)), 1);
        assertThat(Scans.rows(open("", schema))).containsExactly(List.of(1), List.of(2), List.of(3));
        assertThat(Scans.rows(open("[b-z]*" + suffix(), schema))).containsExactly(List.of(2), List.of(3));
    }

    @Test
    void filesWithOtherColumnsAreRefused() {
        Schema first = Schema.of(new Field("n", DataType.INT));
        Schema second = Schema.of(new Field("m", DataType.INT));
        Scans.write(writer("a" + suffix(), first), first, List.of(List.of(1)), 1);
        Scans.write(writer("b" + suffix(), second), second, List.of(List.of(1)), 1);
        assertThatThrownBy(() -> open("", first))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("a" + suffix())
                .hasMessageContaining("b" + suffix())
                .hasMessageContaining("Read them as two frames.");
    }

    @Test
    void missingFilesAreNamed() {
        assertThatThrownBy(() -> open("none" + suffix(), RandomRows.SCHEMA))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("none" + suffix());
        assertThatThrownBy(() -> open("", RandomRows.SCHEMA))
                .hasMessageContaining("nothing there matches '*.");
    }

    @Test
    void tokenIsThatOfTheContent() throws IOException {
        Source source = random(10, 0);
        assertThat(open("random" + suffix(), RandomRows.SCHEMA).token()).isEqualTo(source.token());
        assertThat(open("random" + suffix(), RandomRows.SCHEMA)).isEqualTo(source);
        Files.delete(folder.resolve("random" + suffix()));
        assertThat(random(11, 0).token()).isNotEqualTo(source.token());
    }

    @Test
    void aFileThatChangedIsNotRead() throws IOException {
        Source source = random(10, 0);
        List<Split> splits = source.splits(Scans.request(ALL));
        Files.delete(folder.resolve("random" + suffix()));
        assertThatThrownBy(() -> Scans.rows(source, Scans.request(ALL), splits))
                .hasMessageContaining("No file or folder");
        random(11, 0);
        assertThatThrownBy(() -> Scans.rows(source, Scans.request(ALL), splits))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("changed after the plan was built");
    }

    @Test
    void closingAReaderMidwayReleasesWhatItHolds() {
        Source source = random(10_000, 0.1);
        ScanRequest request = Scans.request(ALL);
        try (MemoryAccountant accountant = MemoryAccountant.create(1 << 28);
                Reservation memory = accountant.reserve("scan", 0)) {
            Scratch scratch = new Scratch(memory);
            scratch.allocate(1);
            long before = accountant.liveBufferCount();
            try (BatchReader reader = source.open(source.splits(request).getFirst(), request, scratch)) {
                assertThat(reader.next()).isPresent();
                assertThat(accountant.liveBufferCount()).isGreaterThan(before);
            }
            assertThat(accountant.liveBufferCount()).isEqualTo(before);
        }
    }

    @Test
    void nothingIsLeftOfAWriterThatDidNotCommit() throws IOException {
        try (TableWriter writer = writer("half" + suffix(), RandomRows.SCHEMA)) {
            assertThat(writer).isNotNull();
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aTargetThatExistsIsNotOverwritten() {
        random(10, 0);
        assertThatThrownBy(() -> writer("random" + suffix(), RandomRows.SCHEMA))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("is already there. Choose another name, or write with withOverwrite(true).");
        assertThatThrownBy(() -> writer("no/such" + suffix(), RandomRows.SCHEMA))
                .hasMessageContaining("there is no folder");
    }

    private void deleteAll() {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.lazuli.dataframe.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.Mutations;
import io.lazuli.dataframe.internal.source.RandomRows;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.SourceContract;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.ArrowWriteOptions;
import io.lazuli.dataframe.io.ArrowWriteOptions.Format;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrowSourceTest extends SourceContract {
    @Override
    protected TableWriter writer(String name, Schema schema) {
        return ArrowTableWriter.create(folder.resolve(name).toString(), schema, ArrowWriteOptions.DEFAULTS);
    }

    @Override
    protected Source open(String name, Schema schema) {
        return ArrowSource.open(folder + "/" + name);
    }

    @Override
    protected String suffix() {
        return ".arrow";
    }

    private Path write(Format format, List<List<Object>> rows, int batchRows) {
        Path path = folder.resolve("table.arrow");
        ArrowWriteOptions options = ArrowWriteOptions.DEFAULTS.withFormat(format).withOverwrite(true);
        Scans.write(ArrowTableWriter.create(path.toString(), RandomRows.SCHEMA, options), RandomRows.SCHEMA, rows,
                batchRows);
        return path;
    }

    @Test
    void streamsAreReadLikeFiles() {
        List<List<Object>> rows = RandomRows.of(5000, 0.2, 3);
        assertThat(Scans.rows(ArrowSource.open(write(Format.STREAM, rows, 777).toString()))).isEqualTo(rows);
        assertThat(Scans.rows(ArrowSource.open(write(Format.FILE, rows, 777).toString()))).isEqualTo(rows);
    }

    @Test
    void aBatchOfManyRowsIsCutUp() {
        List<List<Object>> rows = RandomRows.of(150_000, 0.1, 4);
        ArrowSource source = ArrowSource.open(write(Format.FILE, rows, rows.size()).toString());
        assertThat(source.files().getFirst().batches()).hasSize(3);
        assertThat(Scans.rows(source).equals(rows)).isTrue();
    }

    @Test
    void damagedFilesReadOrAreRefused() throws IOException {
        Path path = folder.resolve("table.arrow");
        Scans.write(ArrowTableWriter.create(path.toString(), RandomRows.ALL, ArrowWriteOptions.DEFAULTS),
                RandomRows.ALL,
                RandomRows.of(RandomRows.ALL, 300, 0.2, 5), 100);
        assertThat(Mutations.read(path, 400, 6000, ArrowSource::open)).isBetween(80, 400);
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("x.arrow"), "id,name\n1,one\n");
        assertThatThrownBy(() -> ArrowSource.open(path.toString()))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessage("'" + path
                        + "' is not a readable Arrow file or stream: the message at byte 0 says it has 1848403049 bytes. It may be of another format, or cut off; write it again.");
    }

    @Test
    void cutOffFilesAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write(Format.FILE, RandomRows.of(100, 0, 9), 50));
        Path path = folder.resolve("cut.arrow");
        for (int length = 8; length < whole.length; length += 97) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ArrowSource.open(path.toString()))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageContaining("is not a readable Arrow file or stream");
        }
    }
}

package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.source.RandomRows;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.SourceContract;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions.Compression;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetSourceTest extends SourceContract {
    @Override
    protected TableWriter writer(String name, Schema schema) {
        ParquetWriteOptions options = ParquetWriteOptions.DEFAULTS.withRowGroupRows(125_000);
        return ParquetTableWriter.create(folder.resolve(name).toString(), schema, options);
    }

    @Override
    protected Source open(String name, Schema schema) {
        return ParquetSource.open(folder + "/" + name);
    }

    @Override
    protected String suffix() {
        return ".parquet";
    }

    private Path write(ParquetWriteOptions options, List<List<Object>> rows) {
        Path path = folder.resolve("table.parquet");
        Scans.write(ParquetTableWriter.create(path.toString(), RandomRows.SCHEMA, options), RandomRows.SCHEMA, rows,
                500);
        return path;
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyCompressionReadsBack(Compression compression) {
        List<List<Object>> rows = RandomRows.of(3000, 0.2, 7);
        Path path = write(ParquetWriteOptions.DEFAULTS.withCompression(compression), rows);
        assertThat(Scans.rows(ParquetSource.open(path.toString()))).isEqualTo(rows);
    }

    @Test
    void rowGroupsAreReadOneAfterTheOther() {
        List<List<Object>> rows = RandomRows.of(5000, 0.2, 8);
        Path path = write(ParquetWriteOptions.DEFAULTS.withRowGroupRows(700), rows);
        ParquetSource source = ParquetSource.open(path.toString());
        assertThat(source.files().getFirst().rowGroups()).hasSize(8);
        assertThat(Scans.rows(source)).isEqualTo(rows);
    }

    @Test
    void rowGroupsThatStatisticsRuleOutAreNotRead() {
        List<List<Object>> rows = IntStream.range(0, 1000)
                .mapToObj(i -> Arrays.<Object>asList(true, i, (long) i, (double) i, "row %03d".formatted(i), i, null))
                .toList();
        ParquetSource source = ParquetSource.open(
                write(ParquetWriteOptions.DEFAULTS.withRowGroupRows(100), rows).toString());
        assertThat(rowsWhere(source, 1, CompareOperator.LT, 150)).hasSize(200);
        assertThat(rowsWhere(source, 2, CompareOperator.EQ, 555L)).hasSize(100);
        assertThat(rowsWhere(source, 4, CompareOperator.GE, "row 900")).hasSize(100);
        assertThat(rowsWhere(source, 5, CompareOperator.GT, 998)).hasSize(100);
        assertThat(rowsWhere(source, 6, CompareOperator.NE, 0L)).isEmpty();
        assertThat(rowsWhere(source, 3, CompareOperator.LE, -1.0)).isEmpty();
    }

    private static List<List<Object>> rowsWhere(Source source, int column, CompareOperator operator, Object value) {
        DataType type = source.schema().field(column).type();
        BoundExpr predicate = new BoundExpr.Compare(
                operator, new BoundExpr.Input(0, type), new BoundExpr.Literal(type, Optional.of(value)));
        var request = Scans.request(List.of(column), predicate);
        return Scans.rows(source, request, source.splits(request));
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("x.parquet"), "id,name\n1,one\n");
        assertThatThrownBy(() -> ParquetSource.open(path.toString()))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessage("'" + path
                        + "' is not a readable Parquet file: it does not end in a footer and 'PAR1'. It may be of another format, encrypted, or cut off; write it again.");
    }

    @Test
    void cutOffFilesAreRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write(ParquetWriteOptions.DEFAULTS, RandomRows.of(100, 0, 9)));
        Path path = folder.resolve("cut.parquet");
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ParquetSource.open(path.toString()))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageContaining("is not a readable Parquet file");
        }
    }

    /// Pages carry checksums here, so no damage to one passes; damage to a header shows in other ways.
    @Test
    void damagedPagesAreNamed() throws IOException {
        byte[] whole = Files.readAllBytes(write(ParquetWriteOptions.DEFAULTS, RandomRows.of(2000, 0.1, 10)));
        ParquetSource good = ParquetSource.open(folder.resolve("table.parquet").toString());
        var lastChunk = good.files().getFirst().rowGroups().getFirst().chunks().getLast();
        Path path = folder.resolve("bad.parquet");
        for (int at = 100; at < lastChunk.offset(); at += 1009) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Files.write(path, damaged);
            assertThatThrownBy(() -> Scans.rows(ParquetSource.open(path.toString())))
                    .as("byte %d", at)
                    .isInstanceOf(LazuliException.class)
                    .hasMessageContaining("bad.parquet' is damaged in column '");
        }
    }
}

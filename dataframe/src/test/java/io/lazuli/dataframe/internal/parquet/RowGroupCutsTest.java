package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.parquet.ParquetSplit.Piece;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How large row groups are cut. That the pieces have the same rows as the whole is proved with [PagePruningTest].
class RowGroupCutsTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("n", DataType.LONG), new Field("small", DataType.BOOL));

    @TempDir
    Path folder;

    private String write(int rowCount, int rowGroupRows) {
        String path = folder.resolve("t.parquet").toString();
        List<List<Object>> rows = new AbstractList<>() {
            @Override
            public List<Object> get(int row) {
                return List.of((long) row, row % 3 == 0);
            }

            @Override
            public int size() {
                return rowCount;
            }
        };
        ParquetWriteOptions options = ParquetWriteOptions.DEFAULTS.withRowGroupRows(rowGroupRows);
        Scans.write(ParquetTableWriter.create(path, SCHEMA, options), SCHEMA, rows, 100_000);
        return path;
    }

    private static List<Piece> cut(String path, List<Integer> columns, int most) {
        return RowGroupCuts.cut(ParquetSource.open(path).files().getFirst(), 0, columns, most);
    }

    @Test
    void aGroupOfManyPagesIsCutSoThatFewAreReadTwice() {
        String path = write(200_000, 200_000);

        assertThat(cut(path, List.of(0, 1), 1)).containsExactly(new Piece(0, 0, 200_000));
        assertThat(cut(path, List.of(0, 1), 4)).containsExactly(
                new Piece(0, 0, 49_152), new Piece(0, 49_152, 98_304), new Piece(0, 98_304, 147_456),
                new Piece(0, 147_456, 200_000));
        assertThat(cut(path, List.of(0), 100)).as("pages of %,d rows", ChunkEncoder.PAGE_ROWS).hasSize(7);
        assertThat(cut(path, List.of(), 4)).as("nothing to read").hasSize(1);
    }

    @Test
    void aGroupOfOnePageIsNotCut() {
        assertThat(cut(write(ChunkEncoder.PAGE_ROWS, 200_000), List.of(0, 1), 4)).hasSize(1);
    }

    @Test
    void whatCannotBeMadeOutIsNotCut() throws IOException {
        Path path = Path.of(write(200_000, 200_000));
        byte[] bytes = Files.readAllBytes(path);
        bytes[4] = 0x7F;
        bytes[5] = 0x7F;

        assertThat(cut(Files.write(path, bytes).toString(), List.of(0, 1), 4)).hasSize(1);
    }

    @Test
    void aScanReadsALargeGroupInAsManyPartitionsAsManySmallOnes() {
        int rows = 2_100_000;
        ParquetSource source = ParquetSource.open(write(rows, rows));
        List<ParquetSplit> splits = source.splits(Scans.request(List.of(0, 1))).stream()
                .map(ParquetSplit.class::cast).toList();

        assertThat(source.files().getFirst().rowGroups()).hasSize(1);
        assertThat(splits).hasSize(8);
        long next = 0;
        for (ParquetSplit split : splits) {
            Piece piece = split.parts().getFirst().pieces().getFirst();
            assertThat(piece.start()).isEqualTo(next);
            next = piece.end();
        }
        assertThat(next).isEqualTo(rows);
    }
}

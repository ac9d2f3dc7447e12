package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.ColumnRange;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameColumnsTest {
    @TempDir
    private Path folder;

    private void write(String name, Schema schema, List<Object> row) {
        String path = folder.resolve(name).toString();
        Scans.write(ParquetTableWriter.create(path, schema, ParquetWriteOptions.DEFAULTS), schema, List.of(row), 1);
    }

    @Test
    void columnsAreMatchedByNameAndIntegersWidened() {
        write("a.parquet", Schema.of(new Field("n", DataType.INT), new Field("t", DataType.UTF8)), List.of(-1, "one"));
        write("b.parquet", Schema.of(new Field("t", DataType.UTF8), new Field("n", DataType.LONG)),
                Arrays.asList("two", 1L << 40));
        ParquetSource source = ParquetSource.open(folder.toString());
        assertThat(source.schema()).isEqualTo(
                Schema.of(new Field("n", DataType.LONG), new Field("t", DataType.UTF8)));
        assertThat(Scans.rows(source)).containsExactly(List.of(-1L, "one"), List.of(1L << 40, "two"));
        assertThat(source.range(0)).contains(new ColumnRange(Optional.of(-1L), Optional.of(1L << 40), 0, false));
        assertThat(source.range(1)).contains(new ColumnRange(Optional.of("one"), Optional.of("two"), 0, false));
    }

    @Test
    void anotherTypeIsRefusedWithBothFiles() {
        write("a.parquet", Schema.of(new Field("n", DataType.INT)), List.of(1));
        write("b.parquet", Schema.of(new Field("n", DataType.DATE)), List.of(1));
        assertThatThrownBy(() -> ParquetSource.open(folder.toString())).hasMessage(
                "Files of one frame must have the same columns, but 'n' is INT in '%s/a.parquet' and DATE in '%s/b.parquet'. Read them as two frames."
                        .formatted(folder, folder));
    }

    @Test
    void decimalsHaveTheMostDigitsOfAll() {
        write("a.parquet", Schema.of(new Field("n", DataType.decimal(4, 2))), List.of(-1L));
        write("b.parquet", Schema.of(new Field("n", DataType.decimal(18, 2))), List.of(1L << 40));
        ParquetSource source = ParquetSource.open(folder.toString());
        assertThat(source.schema()).isEqualTo(Schema.of(new Field("n", DataType.decimal(18, 2))));
        assertThat(Scans.rows(source)).containsExactly(List.of(-1L), List.of(1L << 40));
        write("c.parquet", Schema.of(new Field("n", DataType.decimal(18, 3))), List.of(1L));
        assertThatThrownBy(() -> ParquetSource.open(folder.toString())).hasMessage(
                "Files of one frame must have the same columns, but 'n' is decimal(4, 2) in '%s/a.parquet' and decimal(18, 3) in '%s/c.parquet'. Read them as two frames."
                        .formatted(folder, folder));
    }

    @Test
    void aMissingColumnIsRefusedWithBothFiles() {
        write("a.parquet", Schema.of(new Field("n", DataType.INT)), List.of(1));
        write("b.parquet", Schema.of(new Field("n", DataType.INT), new Field("m", DataType.INT)), List.of(1, 2));
        assertThatThrownBy(() -> ParquetSource.open(folder.toString())).hasMessage(
                "Files of one frame must have the same columns, but '%s/b.parquet' has column 'm' and '%s/a.parquet' has not; it has [n]. Read them as two frames."
                        .formatted(folder, folder));
    }
}

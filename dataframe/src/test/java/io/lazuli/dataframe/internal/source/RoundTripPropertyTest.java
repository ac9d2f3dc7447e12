package io.lazuli.dataframe.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.arrow.ArrowSource;
import io.lazuli.dataframe.internal.arrow.ArrowTableWriter;
import io.lazuli.dataframe.internal.parquet.ParquetSource;
import io.lazuli.dataframe.internal.parquet.ParquetTableWriter;
import io.lazuli.dataframe.io.ArrowWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Tables of any columns, written with any options, read back as they were, types and all.
class RoundTripPropertyTest {
    private static final List<DataType> TYPES = RandomRows.ALL.types();
    private static Path folder;

    @BeforeContainer
    static void createFolder() throws IOException {
        folder = Files.createTempDirectory("formats");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(path("parquet"));
        Files.deleteIfExists(path("arrow"));
        Files.delete(folder);
    }

    private static Path path(String suffix) {
        return folder.resolve("table." + suffix);
    }

    @Property(tries = 150)
    void parquet(@ForAll long seed, @ForAll @IntRange(max = 3000) int rowCount) {
        Random random = new Random(seed);
        Schema schema = schema(random);
        List<List<Object>> rows = RandomRows.of(schema, rowCount, nullShare(random), seed);
        ParquetWriteOptions.Compression[] compressions = ParquetWriteOptions.Compression.values();
        ParquetWriteOptions options = ParquetWriteOptions.DEFAULTS
                .withCompression(compressions[random.nextInt(compressions.length)])
                .withDictionary(random.nextBoolean())
                .withRowGroupRows(random.nextInt(100, 4000))
                .withOverwrite(true);
        String path = path("parquet").toString();
        Scans.write(ParquetTableWriter.create(path, schema, options), schema, rows, random.nextInt(1, 2000));
        assertSame(ParquetSource.open(path), schema, rows);
    }

    @Property(tries = 150)
    void arrow(@ForAll long seed, @ForAll @IntRange(max = 3000) int rowCount) {
        Random random = new Random(seed);
        Schema schema = schema(random);
        List<List<Object>> rows = RandomRows.of(schema, rowCount, nullShare(random), seed);
        ArrowWriteOptions options = ArrowWriteOptions.DEFAULTS
                .withFormat(random.nextBoolean() ? ArrowWriteOptions.Format.FILE : ArrowWriteOptions.Format.STREAM)
                .withOverwrite(true);
        String path = path("arrow").toString();
        Scans.write(ArrowTableWriter.create(path, schema, options), schema, rows, random.nextInt(1, 2000));
        assertSame(ArrowSource.open(path), schema, rows);
    }

    private static void assertSame(Source source, Schema schema, List<List<Object>> rows) {
        assertThat(source.schema()).isEqualTo(schema);
        assertThat(Scans.rows(source).equals(rows)).isTrue();
    }

    private static double nullShare(Random random) {
        return random.nextInt(3) * random.nextDouble() / 2;
    }

    private static Schema schema(Random random) {
        List<Field> fields = new ArrayList<>();
        for (int c = random.nextInt(1, 8); c > 0; c--) {
            int type = random.nextInt(TYPES.size() + 3);
            int precision = random.nextInt(1, 19);
            fields.add(new Field("c" + c, type < TYPES.size()
                    ? TYPES.get(type)
                    : DataType.decimal(precision, random.nextInt(precision + 1))));
        }
        return new Schema(fields);
    }
}

package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.ArrowWriteOptions;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// A kind of file that tables are in, and who writes it: the oracle, or Lazuli, which then reads the oracle's Parquet first.
enum FileFormat {
    PARQUET("Parquet", ".parquet", "FORMAT parquet, COMPRESSION snappy"),
    PARQUET_SMALL_GROUPS("Parquet", ".parquet", "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048"),
    PARQUET_PLAIN("Parquet", ".parquet", "FORMAT parquet, COMPRESSION uncompressed"),
    CSV("CSV", ".csv", "FORMAT csv, HEADER"),
    OWN_PARQUET("Parquet", ".parquet", ""),
    OWN_PARQUET_SMALL_GROUPS("Parquet", ".parquet", ""),
    OWN_PARQUET_PLAIN("Parquet", ".parquet", ""),
    OWN_CSV("CSV", ".csv", ""),
    OWN_JSON("JSON", ".json", ""),
    OWN_ARROW("Arrow", ".arrow", ""),
    OWN_ARROW_STREAM("Arrow", ".arrow", "");

    /// For the coverage table.
    final String trait;
    private final String suffix;
    /// Of the oracle's COPY; empty if Lazuli writes it.
    private final String options;

    FileFormat(String trait, String suffix, String options) {
        this.trait = trait;
        this.suffix = suffix;
        this.options = options;
    }

    /// Whether files of this kind have columns of bytes.
    boolean hasBytes() {
        return trait.equals("Parquet") || trait.equals("Arrow");
    }

    /// The result of a SELECT as the file of that number in `folder`.
    void write(String select, Path folder, int number, OracleDatabase database, Engine engine)
            throws SQLException, IOException {
        Path file = folder.resolve("part-%02d%s".formatted(number, suffix));
        if (!options.isEmpty()) {
            database.run("COPY (%s) TO '%s' (%s)".formatted(select, file, options));
            return;
        }
        Path foreign = folder.resolve("foreign");
        database.run("COPY (%s) TO '%s' (FORMAT parquet)".formatted(select, foreign));
        writeOwn(DataFrame.readParquet(foreign.toString()).withEngine(engine), file.toString());
        Files.delete(foreign);
    }

    private void writeOwn(DataFrame frame, String file) {
        ParquetWriteOptions parquet = ParquetWriteOptions.DEFAULTS;
        switch (this) {
            case OWN_PARQUET -> frame.writeParquet(file);
            case OWN_PARQUET_SMALL_GROUPS -> frame.writeParquet(file,
                    parquet.withRowGroupRows(1000).withCompression(ParquetWriteOptions.Compression.ZSTD));
            case OWN_PARQUET_PLAIN -> frame.writeParquet(file, parquet.withDictionary(false));
            case OWN_CSV -> frame.writeCsv(file);
            case OWN_JSON -> frame.writeJson(file);
            case OWN_ARROW -> frame.writeArrow(file);
            case OWN_ARROW_STREAM -> frame.writeArrow(file,
                    ArrowWriteOptions.DEFAULTS.withFormat(ArrowWriteOptions.Format.STREAM));
            case PARQUET, PARQUET_SMALL_GROUPS, PARQUET_PLAIN, CSV -> throw new AssertionError(this);
        }
    }

    DataFrame read(String path, Schema columns) {
        return switch (trait) {
            case "Parquet" -> DataFrame.readParquet(path);
            case "CSV" -> DataFrame.readCsv(path, CsvReadOptions.DEFAULTS.withTypes(columns));
            case "JSON" -> DataFrame.readJson(path, JsonReadOptions.DEFAULTS.withTypes(columns))
                    .select(columns.names().toArray(new String[0]));
            default -> DataFrame.readArrow(path);
        };
    }
}

package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

/// Values that are none, or that do not fit, in text files and in calculations: the error names the line, the column and the value.
class BadValuesTest {
    @TempDir
    Path folder;

    private Engine engine;

    @BeforeEach
    void open() {
        engine = HostileFiles.engine(folder, 128 << 20);
    }

    @AfterEach
    void close() {
        HostileFiles.assertNothingHeld(engine, folder);
        engine.close();
    }

    private DataFrame csv(String text, CsvReadOptions options) {
        return csv(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private DataFrame csv(byte[] bytes, CsvReadOptions options) {
        try {
            Path file = Files.write(folder.resolve("t.csv"), bytes);
            return DataFrame.readCsv(file.toString(), options).withEngine(engine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CsvReadOptions typed(DataType type) {
        return CsvReadOptions.DEFAULTS.withType("a", type);
    }

    private void assertBad(DataType type, String... values) {
        for (String value : values) {
            HostileFiles.assertRefused(ErrorCode.DATA, csv("a,b\n,1\n" + value + ",2\n", typed(type))::compute,
                    "Line 3 of CSV file '" + folder.resolve("t.csv") + "' has '" + value
                            + "' in column 'a', which is not "
                            + type);
            Path json = folder.resolve("t.json");
            HostileFiles.assertRefused(ErrorCode.DATA, () -> {
                try {
                    Files.writeString(json, "{\"a\":null}\n{\"a\":\"" + value + "\"}\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                DataFrame.readJson(json.toString(), JsonReadOptions.DEFAULTS.withType("a", type)).withEngine(engine)
                        .compute();
            }, "Line 2 of JSON file '" + json + "' has '" + value + "' in column 'a'");
        }
    }

    @Test
    void texts_thatAreNoNumbersDatesOrTimes() {
        assertBad(DataType.INT, "x", "1.5", "1e3", "2147483648", "-2147483649", "0x10", "1_000", "--1", "1-", " ",
                "١a");
        assertBad(DataType.LONG, "9223372036854775808", "-9223372036854775809", "1L", "9".repeat(50));
        assertBad(DataType.FLOAT64, "1.5f", "0x1p3", "1e", "1.2.3", "NaNa", "e5", ".", "+-1", "1-1");
        assertBad(DataType.decimal(5, 2), "1234", "-1000.0", "1.234", "0.001", "1e2", ".", "-", "x", "1.2.3", "1 2",
                "9".repeat(50));
        assertBad(DataType.DURATION, "1h", "PT", "PT0.0000001S", "P1M", "5");
        assertBad(DataType.BOOL, "yes", "1", "tru", "truee");
        assertBad(DataType.DATE, "2024-02-30", "2023-02-29", "0000-00-00", "2024-13-01", "2024-1-1", "20240101",
                "2024-02-29T",
                "24-02-29", "-2024-01-01");
        assertBad(DataType.TIMESTAMP, "2024-02-29 24:00:00", "2024-02-29 23:60:00", "2024-02-29 23:59:60",
                "2024-02-29 23",
                "2024-02-30 00:00:00", "2024-02-29 23:59:59.", "2024-02-29 23:59:59.1234567", "2024-02-29 23:59:59Z");
    }

    @Test
    void nulBytes_areTextInTextsAndBadElsewhere() {
        DataFrame texts = csv("a,b\nx\0y,1\n\0,2\n", typed(DataType.UTF8));
        assertThat(texts.compute().stringColumn("a").asList()).containsExactly("x\0y", "\0");
        HostileFiles.assertRefused(ErrorCode.DATA, csv("a,b\n1\0,1\n", typed(DataType.INT))::compute, "Line 2",
                "column 'a'");
        HostileFiles.assertRefused(ErrorCode.DATA, () -> csv("a\0,b\n1,1\n", CsvReadOptions.DEFAULTS),
                "byte 1 of it is 0x00");
        HostileFiles.assertRefused(ErrorCode.DATA,
                () -> csv("\ufeffa,b\n1,1\n".getBytes(StandardCharsets.UTF_16LE), CsvReadOptions.DEFAULTS), "UTF-16");
    }

    /// The window of bytes is a mebibyte: characters that cross its end are whole, and bad ones are found where they are.
    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "😀"})
    void utf8_acrossTheEndsOfWindows(String character) {
        int width = character.getBytes(StandardCharsets.UTF_8).length;
        int window = 1 << 20;
        for (int before = window - 6; before <= window + 1; before++) {
            byte[] bytes = ("a\n" + "x".repeat(before - 2) + character + "y\n" + "z\n".repeat(100))
                    .getBytes(StandardCharsets.UTF_8);
            DataFrame frame = csv(bytes, typed(DataType.UTF8)).filter(col("a").str().endsWith("x" + character + "y"));
            assertThat(frame.count()).as("at byte %d", before).isEqualTo(1);
            bytes[before + width - 1] = (byte) 0xFF;
            HostileFiles.assertRefused(ErrorCode.DATA,
                    csv(bytes, typed(DataType.UTF8)).select(col("a").str().length().as("n"))::compute, "Line 2",
                    "is not UTF-8 in column 'a': byte %,d of the file is 0x%02X".formatted(before, bytes[before]));
        }
    }

    @Test
    void raggedAndUnterminatedRows() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("a,b\n1,2\n3\n", "Line 3 of CSV file '{}' has only 1 fields where 2 were expected");
        bad.put("a,b\n1,2\n3,4,5\n", "Line 3 of CSV file '{}' has more than 2 fields");
        bad.put("a,b\n1,2\n3,\"4\n", "Line 3 of CSV file '{}' begins a record with a quoted field that is not closed");
        bad.put("a,b\n1,2\n3,\"4\"5\n", "Line 3 of CSV file '{}' has text after the closing quote");
        bad.put("a,b\n1,2\n3,4\"5\n", "Line 3 of CSV file '{}' has a quote within a field");
        bad.put("a,a\n1,2\n", "CSV file '{}' has two columns named 'a'");
        bad.forEach((text, message) -> HostileFiles.assertRefused(ErrorCode.DATA,
                () -> csv(text, CsvReadOptions.DEFAULTS).compute(),
                message.replace("{}", folder.resolve("t.csv").toString())));
    }

    /// One bit that is damaged where the second piece begins would else lose all rows behind it.
    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "ZSTD"})
    void compressedPieces_areAllReadOrRefused(String compression) throws IOException {
        byte[] first = compressed(compression, "a,b\n1,2\n");
        byte[] second = compressed(compression, "3,4\n");
        byte[] both = join(first, second);
        Path file = folder.resolve("t.csv.gz");
        assertThat(readFile(file, both).count()).isEqualTo(2);
        for (int bit = 0; bit < 8 * 3; bit++) {
            byte[] damaged = both.clone();
            damaged[first.length + bit / 8] ^= (byte) (1 << bit % 8);
            assertNotDecompressed(file, damaged, compression, "bit " + bit + " of the second piece");
        }
        for (int length = first.length + 1; length < both.length; length++) {
            assertNotDecompressed(file, Arrays.copyOf(both, length), compression,
                    "cut off at " + (length - first.length));
        }
        assertNotDecompressed(file, join(both, new byte[] {1, 2, 3}), compression, "three bytes behind it");
    }

    @Test
    void zerosBehindAGzipFile_areNoDamage() throws IOException {
        byte[] filled = join(compressed("GZIP", "a,b\n1,2\n"), new byte[512]);
        assertThat(readFile(folder.resolve("t.csv.gz"), filled).count()).isEqualTo(1);
    }

    private void assertNotDecompressed(Path file, byte[] bytes, String compression, String damage) {
        LazuliException error = HostileFiles.refusal(() -> readFile(file, bytes).compute())
                .orElseThrow(() -> new AssertionError(damage + " is read"));
        assertThat(error.code()).as(damage).isEqualTo(ErrorCode.DATA);
        assertThat(error.getMessage()).as(damage).contains(file.toString(), "cannot be decompressed as " + compression);
    }

    private DataFrame readFile(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DataFrame.readCsv(file.toString()).withEngine(engine);
    }

    private static byte[] compressed(String compression, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.equals("GZIP")
                ? new GZIPOutputStream(bytes)
                : new ZstdOutputStream(bytes).setChecksum(true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    @Test
    void calculationsThatDoNotFit() {
        DataFrame frame = csv(
                "i,l,d,s,day\n2147483647,9223372036854775807,1e300,x,2024-02-29\n1,9223372036854775807,0,2024-02-30,\n",
                CsvReadOptions.DEFAULTS.withType("i", DataType.INT));
        Map<Expr, String> bad = new LinkedHashMap<>();
        bad.put(col("l").plus(1), "9223372036854775807 + 1 does not fit LONG");
        bad.put(col("i").plus(col("i")), "2147483647 + 2147483647 does not fit INT");
        bad.put(col("l").times(col("l")), "does not fit LONG");
        bad.put(col("l").negate().minus(2), "does not fit LONG");
        bad.put(col("l").negate().minus(1).abs(), "does not fit LONG");
        bad.put(col("l").negate().minus(1).floorDividedBy(-1), "does not fit LONG");
        bad.put(col("l").cumulative().sum(), "does not fit LONG");
        bad.put(col("l").cumulative().product(), "does not fit LONG");
        bad.put(col("d").cast(DataType.INT), "Cannot cast");
        bad.put(col("l").cast(DataType.INT), "Cannot cast");
        bad.put(col("s").cast(DataType.LONG), "Cannot cast");
        bad.put(col("s").cast(DataType.DATE), "Cannot cast");
        bad.put(col("day").plus(Duration.ofDays(106_751_990)), "does not fit");
        bad.put(col("i").cast(DataType.decimal(9, 8)), "Cannot cast");
        bad.put(lit(new BigDecimal("99999999999999999")).plus(col("l").cast(DataType.decimal(18, 0))), "");
        bad.forEach((expression, message) -> {
            LazuliException error = HostileFiles.refusal(() -> frame.select(expression.as("x")).persist().unpersist())
                    .orElseThrow(() -> new AssertionError(expression + " is not refused"));
            assertThat(error.getMessage()).as("%s", expression).contains(message);
            assertThat(error.code()).as("%s", expression).isEqualTo(ErrorCode.DATA);
        });
        HostileFiles.assertRefused(ErrorCode.DATA, () -> frame.agg(sum("l").as("x")).compute(),
                "sum(l) is about 1.845e+19", "Cast the argument");
        assertThat(frame.agg(mean("l").as("x")).compute().doubleColumn("x").get(0)).isEqualTo(9.223372036854775807e18);
    }

    @Test
    void divisionByZero_isNullOrInfinite() {
        DataFrame frame = csv("i,d\n7,7.5\n0,0.0\n", CsvReadOptions.DEFAULTS);
        Table table = frame.select(
                col("i").remainder(0).as("rem"), col("i").modulo(0).as("mod"), col("i").floorDividedBy(0).as("floor"),
                col("i").dividedBy(0).as("div"), col("d").dividedBy(0.0).as("real")).compute();
        for (String name : List.of("rem", "mod", "floor")) {
            assertThat(table.column(name).countMissing()).as(name).isEqualTo(2);
        }
        assertThat(table.doubleColumn("real").get(0)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /// Digits, signs and points are no delimiters that anybody should choose; but what is written is read again.
    @ParameterizedTest
    @ValueSource(chars = {'-', ':', '.', '1', 'e', ' ', 't', '|'})
    void delimitersThatOccurInValues(char delimiter) {
        DataFrame frame = csv("i,d,day,at,b,s\n-11,1.5e300,2024-02-29,2024-02-29 11:12:13.5,true,t-e:1\n,,,,,\n",
                CsvReadOptions.DEFAULTS);
        String copy = folder.resolve("copy.txt").toString();
        frame.writeCsv(copy, CsvWriteOptions.DEFAULTS.withDelimiter(delimiter));
        DataFrame read = DataFrame.readCsv(copy, CsvReadOptions.DEFAULTS.withDelimiter(delimiter)).withEngine(engine);
        assertThat(read.schema()).isEqualTo(frame.schema());
        assertThat(Rows.of(read.compute())).isEqualTo(Rows.of(frame.compute()));
    }

    @Test
    void columnsThatDifferInCaseAlone() {
        DataFrame frame = csv("share,Share\n1,2\n", CsvReadOptions.DEFAULTS);
        HostileFiles.assertRefused(ErrorCode.USER, frame::compute, "'share'", "'Share'", "rename(...)");
        assertThat(frame.filter(col("Share").gt(1)).count()).isEqualTo(1);
    }
}

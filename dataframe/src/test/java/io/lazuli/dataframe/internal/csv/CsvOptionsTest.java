package io.lazuli.dataframe.internal.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.io.BadRowReport;
import io.lazuli.dataframe.io.BadRows;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What options change, and what becomes of bytes that are not as they should be.
class CsvOptionsTest {
    private static final CsvReadOptions OPTIONS = CsvReadOptions.DEFAULTS;

    @TempDir
    Path folder;

    private Path file(byte[] bytes) {
        try {
            return Files.write(folder.resolve("t.csv"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CsvSource source(String text, CsvReadOptions options) {
        return CsvSource.open(file(text.getBytes(StandardCharsets.UTF_8)).toString(), options);
    }

    private List<List<Object>> rows(String text, CsvReadOptions options) {
        return Scans.rows(source(text, options));
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContainingAll(parts);
    }

    @Test
    void commentsAndSkippedLines() {
        String text = "made by hand, \"2024\n#x\na,b\n1,2\n# say \"hi\", twice\n3,4\n#\n";
        assertThat(rows(text, OPTIONS.withComment('#').withSkippedLines(1)))
                .containsExactly(List.of(1, 2), List.of(3, 4));
    }

    @Test
    void escapesWithinQuotes() {
        assertThat(rows("a,b\n\"x\\\"y\\\\\",1\n\"\\,\n\",2\n", OPTIONS.withEscape('\\')))
                .containsExactly(List.of("x\"y\\", 1), List.of(",\n", 2));
    }

    @Test
    void decimalCommas() {
        CsvReadOptions options = OPTIONS.withDelimiter(';').withDecimal(',');
        assertThat(rows("a;b\n1,5;x\n-2;y\n", options)).containsExactly(List.of(1.5, "x"), List.of(-2.0, "y"));
        assertRefused(() -> rows("a;b\n1.500;x\n", options.withType("a", DataType.FLOAT64)),
                "has '1.500' in column 'a'");
    }

    @Test
    void declaredDecimalsAndDurationsAreExact() {
        CsvReadOptions options = OPTIONS.withType("a", DataType.decimal(18, 2)).withType("b", DataType.DURATION);
        assertThat(rows("a,b\n9999999999999999.99,PT1H\n-9999999999999999.99,-PT0.000001S\n 0.1 ,PT0S\n+7,\n,P1DT1S\n"
                + "1.500,PT1M\n.5,\n007.,\n\"-0.01\",\n", options))
                .containsExactly(List.of(999_999_999_999_999_999L, 3_600_000_000L),
                        List.of(-999_999_999_999_999_999L, -1L), List.of(10L, 0L), Arrays.asList(700L, null),
                        Arrays.asList(null, 86_401_000_000L), List.of(150L, 60_000_000L), Arrays.asList(50L, null),
                        Arrays.asList(700L, null), Arrays.asList(-1L, null));
        CsvReadOptions commas = OPTIONS.withDelimiter(';').withDecimal(',').withType("a", DataType.decimal(5, 2));
        assertThat(rows("a\n1,5\n-2\n", commas)).containsExactly(List.of(150L), List.of(-200L));
        assertRefused(() -> rows("a\n1.5\n", commas), "has '1.5' in column 'a', which is not decimal(5, 2)");
    }

    @Test
    void decimalsOfTooManyDigitsAreBadRows() {
        CsvReadOptions options = OPTIONS.withType("a", DataType.decimal(4, 1));
        String text = "a,b\n1.5,1\n1000,2\n-999.9,3\n0.25,4\n";
        assertRefused(() -> rows(text, options), "Line 3 of CSV file",
                "has '1000' in column 'a', which is not decimal(4, 1)");
        BadRowReport report = BadRowReport.create();
        assertThat(rows(text, options.withBadRows(BadRows.NULLS).withReport(report))).containsExactly(
                List.of(15L, 1), Arrays.asList(null, 2), List.of(-9999L, 3), Arrays.asList(null, 4));
        assertThat(rows(text, options.withBadRows(BadRows.SKIP).withReport(report)))
                .containsExactly(List.of(15L, 1), List.of(-9999L, 3));
        assertThat(report.count()).isEqualTo(2);
    }

    @Test
    void aColumnOfATextCannotBeBinary() {
        assertThatThrownBy(() -> OPTIONS.withType("a", DataType.BINARY)).hasMessage(
                "Column 'a' of a text file cannot be declared BINARY. Declare it UTF8 and cast it, which gives the bytes of the text.");
        assertThatThrownBy(() -> JsonReadOptions.DEFAULTS.withType("a", DataType.BINARY))
                .hasMessageContaining("cannot be declared BINARY");
    }

    @Test
    void linesThatEndInCarriageReturns() {
        assertThat(rows("a,b\r1,x\r2,\"y\rz\"\r\r3,w", OPTIONS))
                .containsExactly(List.of(1, "x"), List.of(2, "y\rz"), List.of(3, "w"));
    }

    @Test
    void latin() {
        Path path = file("a,b\nä,ß\nü,x\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(Scans.rows(CsvSource.open(path.toString(), OPTIONS.withLatin1())))
                .containsExactly(List.of("ä", "ß"), List.of("ü", "x"));
        assertRefused(() -> Scans.rows(CsvSource.open(path.toString(), OPTIONS)),
                "Line 2 of CSV file '" + path + "' is not UTF-8 in column 'a': byte 4 of the file is 0xE4",
                "read it with withLatin1()");
    }

    @Test
    void pathOfTheFile() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "a\n1\n");
        Files.writeString(folder.resolve("y.csv"), "a\n2\n");
        CsvSource source = CsvSource.open(folder.toString(), OPTIONS.withPathColumn("file"));
        assertThat(source.schema().names()).containsExactly("a", "file");
        assertThat(Scans.rows(source)).containsExactly(
                List.of(1, folder.resolve("x.csv").toString()), List.of(2, folder.resolve("y.csv").toString()));
        assertThat(Scans.rows(source, List.of(1, 0)).getLast()).containsExactly(folder + "/y.csv", 2);
        assertThatThrownBy(() -> CsvSource.open(folder.toString(), OPTIONS.withPathColumn("a")))
                .hasMessageContaining("has a column of that name");
    }

    private static final String BAD = "a,b,c\n1,x,2\n3\n4,y,5,6\nz,w,7\n8,q\"q,9\n10,\"v\",11\n";

    @Test
    void badRowsAreSkipped() {
        BadRowReport report = BadRowReport.create();
        CsvReadOptions options = OPTIONS.withType("a", DataType.INT).withBadRows(BadRows.SKIP).withReport(report);
        CsvSource source = source(BAD, options);
        assertThat(Scans.rows(source)).containsExactly(List.of(1, "x", 2), List.of(10, "v", 11));
        assertThat(Scans.rows(source, List.of(2))).containsExactly(List.of(2), List.of(11));
        assertThat(Scans.rows(source, List.of())).hasSize(2);
        assertThat(report.count()).isEqualTo(4);
        assertThat(report.rows()).extracting(BadRowReport.BadRow::line).containsExactly(3L, 4L, 5L, 6L);
        assertThat(report.rows().get(2).column()).isEqualTo("a");
        assertThat(report.toString()).startsWith("4 bad rows\n")
                .contains("line 5: has 'z' in column 'a', which is not INT");
    }

    @Test
    void badFieldsBecomeNull() {
        CsvReadOptions options = OPTIONS.withType("a", DataType.INT).withBadRows(BadRows.NULLS);
        assertThat(rows(BAD, options)).containsExactly(
                List.of(1, "x", 2), Arrays.asList(3, null, null), List.of(4, "y", 5), Arrays.asList(null, "w", 7),
                Arrays.asList(8, null, null), List.of(10, "v", 11));
        assertThat(rows("a,b\n1,\"x\n2,y\n", options)).containsExactly(Arrays.asList(null, null), List.of(2, "y"));
    }

    @Test
    void recordsHaveALongestLength() {
        String text = "a,b\n1,2\n" + "x".repeat(3_000_000) + ",2\n";
        CsvReadOptions options = OPTIONS.withType("a", DataType.UTF8);
        assertRefused(() -> rows(text, options.withRecordBytes(2 << 20)),
                "Line 3 of CSV file", "begins a record at byte 8 that is longer than 2,097,152 bytes",
                "withRecordBytes(...)");
        assertThat(rows(text, options)).hasSize(2);
    }

    @Test
    void filesThatAreNoText() {
        byte[] utf16 = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
        assertRefused(() -> CsvSource.open(file(utf16).toString(), OPTIONS),
                "is not a CSV file in UTF-8: byte 1 of it is 0x00");
        assertRefused(() -> source(",".repeat(100_000) + "\n", OPTIONS), "has 100,001 columns");
        assertRefused(
                () -> CsvSource.open(file(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7}).toString(),
                        OPTIONS),
                "cannot be decompressed as GZIP after 0 bytes of text");
        assertThat(rows("a\nx\0y\n", OPTIONS)).containsExactly(List.of("x\0y"));
        assertRefused(() -> rows("a\n1\0\n", OPTIONS.withType("a", DataType.INT)), "which is not INT");
    }
}

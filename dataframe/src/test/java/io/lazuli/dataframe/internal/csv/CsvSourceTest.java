package io.lazuli.dataframe.internal.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.RandomRows;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.SourceContract;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest extends SourceContract {
    @Override
    protected TableWriter writer(String name, Schema schema) {
        return CsvFormat.target(folder.resolve(name).toString(), schema, CsvWriteOptions.DEFAULTS);
    }

    @Override
    protected Source open(String name, Schema schema) {
        CsvReadOptions options = CsvReadOptions.DEFAULTS;
        if (schema.size() > 1) {
            for (Field field : schema.fields()) {
                options = options.withType(field.name(), field.type());
            }
        }
        return CsvSource.open(folder + "/" + name, options);
    }

    @Override
    protected Schema types() {
        return RandomRows.DECLARABLE;
    }

    @Override
    protected String suffix() {
        return ".csv";
    }

    /// A column that is LONG by declaration, because the numbers would fit an INT.
    @Override
    @Test
    protected void splitsCoverAllRowsOnceAndInOrder() {
        Schema schema = Schema.of(new Field("n", DataType.LONG), new Field("m", DataType.LONG));
        List<List<Long>> rows = new ArrayList<>();
        for (long n = 0; n <= 1_000_000; n++) {
            rows.add(List.of(n, -n));
        }
        Scans.write(writer("many.csv", schema), schema, rows, 100_000);
        Source source = open("many.csv", schema);
        assertThat(source.splits(Scans.request(List.of(0)))).hasSize(8);
        assertThat(Scans.rows(source).equals(rows)).isTrue();
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("t.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CsvSource source(String text) {
        return CsvSource.open(file(text).toString(), CsvReadOptions.DEFAULTS);
    }

    private List<List<Object>> rows(String text) {
        return Scans.rows(source(text));
    }

    @Test
    void lineEndsAndBlankLines() {
        List<List<Object>> expected = List.of(List.of(1, "x"), List.of(2, "y"));
        assertThat(rows("a,b\n1,x\n2,y\n")).isEqualTo(expected);
        assertThat(rows("a,b\n1,x\n2,y")).isEqualTo(expected);
        assertThat(rows("a,b\r\n1,x\r\n2,y\r\n")).isEqualTo(expected);
        assertThat(rows("a,b\r\n1,x\r\n2,\"y\"")).isEqualTo(expected);
        assertThat(rows("\n\na,b\n\n1,x\n\r\n\n2,y\n\n\n")).isEqualTo(expected);
        assertThat(rows("\uFEFFa,b\n1,x\n2,y\n")).isEqualTo(expected);
        assertThat(source("\uFEFFa,b\n1,x\n").schema().names()).containsExactly("a", "b");
    }

    @Test
    void quotesDelimitersAndLineBreaksWithinQuotes() {
        assertThat(rows("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\"\"\n\"\",\"\r\n\"\n")).containsExactly(
                List.of("x, y", "say \"hi\""), List.of("two\nlines", "\""), List.of("", "\r\n"));
        assertThat(source("\"a \"\"b\"\"\",\"c\nd\",\n1,2,3\n").schema().names()).containsExactly("a \"b\"", "c\nd",
                "column_3");
    }

    @Test
    void emptyIsNullAndQuotedEmptyIsAnEmptyText() {
        assertThat(rows("a,b\n,\n\"\",\"\"\nx,1\n"))
                .containsExactly(Arrays.asList(null, null), Arrays.asList("", null), List.of("x", 1));
    }

    @Test
    void blankLinesOfASingleColumnAreNulls() {
        assertThat(rows("a\n1\n\n3\n")).containsExactly(List.of(1), Arrays.asList((Object) null), List.of(3));
    }

    @Test
    void optionsChangeTheDialect() {
        CsvReadOptions options =
                CsvReadOptions.DEFAULTS.withDelimiter(';').withQuote('\'').withHeader(false).withNulls("NA", "-");
        Path path = file("1;'a;b'\nNA;'NA'\n-;\n");
        CsvSource source = CsvSource.open(path.toString(), options);
        assertThat(source.schema()).isEqualTo(
                Schema.of(new Field("column_1", DataType.INT), new Field("column_2", DataType.UTF8)));
        assertThat(Scans.rows(source))
                .containsExactly(List.of(1, "a;b"), Arrays.asList(null, "NA"), Arrays.asList(null, ""));
        CsvReadOptions noQuotes = CsvReadOptions.DEFAULTS.withoutQuotes().withDelimiter('\t');
        assertThat(Scans.rows(CsvSource.open(file("a\tb\n5\"\t\"x\n").toString(), noQuotes)))
                .containsExactly(List.of("5\"", "\"x"));
    }

    @Test
    void typesAreGuessedAndWidened() {
        CsvSource source = source(
                """
                b,i,l,d,big,date,time,mixed,none,zone,sci
                true,1,1,1,1,2024-01-31,2024-01-31,1,,2024-01-31 10:00:00Z,1e3
                False,-5,3000000000,2.5,12345678901234567890,1999-12-31,2024-01-31 23:59:59.5,2024-01-01,,x,-inf
                """);
        assertThat(source.schema().types()).containsExactly(
                DataType.BOOL, DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.UTF8, DataType.DATE,
                DataType.TIMESTAMP, DataType.UTF8, DataType.UTF8, DataType.UTF8, DataType.FLOAT64);
        assertThat(Scans.rows(source, List.of(0, 1, 2, 3, 5, 6, 8, 10))).containsExactly(
                Arrays.asList(true, 1, 1L, 1.0, 19_753, 1_706_659_200_000_000L, null, 1000.0),
                Arrays.asList(false, -5, 3_000_000_000L, 2.5, 10_956, 1_706_745_599_500_000L, null,
                        Double.NEGATIVE_INFINITY));
    }

    @Test
    void samplesReachTheMiddleAndTheEnd() {
        String small = "1,1\n".repeat(10_000);
        String text = "a,b\n" + small + "1,2.5\n" + small + "x,1\n";
        CsvReadOptions options = CsvReadOptions.DEFAULTS.withSampleBytes(1000);
        CsvSource source = CsvSource.open(file(text).toString(), options);
        assertThat(source.schema().types()).containsExactly(DataType.UTF8, DataType.FLOAT64);
    }

    @Test
    void declaredTypesAreNotGuessed() {
        CsvReadOptions options = CsvReadOptions.DEFAULTS.withType("zip", DataType.UTF8).withType("n", DataType.LONG);
        CsvSource source = CsvSource.open(file("zip,n\n00501,1\n").toString(), options);
        assertThat(Scans.rows(source)).containsExactly(List.of("00501", 1L));
        assertThatThrownBy(() -> CsvSource.open(folder + "/t.csv", options.withType("zap", DataType.INT)))
                .hasMessage("A type is declared for column 'zap', which CSV file '" + folder
                        + "/t.csv' does not have. Available: zip, n.");
    }

    @Test
    void valuesThatDoNotParseAreShownWithTheirLine() {
        CsvReadOptions options = CsvReadOptions.DEFAULTS.withType("n", DataType.INT);
        Path path = file("n,text\n1,\"two\nlines\"\n\n3000000000,x\n");
        assertThatThrownBy(() -> Scans.rows(CsvSource.open(path.toString(), options)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessage("Line 5 of CSV file '" + path
                        + "' has '3000000000' in column 'n', which is not INT. Correct it, declare withType(\"n\", DataType.UTF8), name it with withNulls(...) if it means null, or read with withBadRows(BadRows.NULLS) or SKIP.");
        assertThat(Scans.rows(CsvSource.open(path.toString(), options), List.of(1))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n3\n|Line 3|has only 1 fields where 2 were expected",
                "a,b\n1,2\n\n3,4,5\n|Line 4|has more than 2 fields where 2 were expected",
                "a,b\n1,\"x\"\n3,\"4\",\n|Line 3|has more than 2 fields",
                "a,b\n\"x\"\n|Line 2|has only 1 fields",
                "a,b\nx\"y,2\n|Line 2|has a quote within a field that does not start with one",
                "a,b\n1,\"x\"y\n|Line 2|has text after the closing quote of a field",
                "a,b\n1,\"x\n2,3\n|Line 2|is not closed where the file or a partition of it ends"
            })
    void malformedRecordsAreNamed(String textAndMessage) {
        String[] parts = textAndMessage.split("\\|");
        Path path = file(parts[0]);
        assertThatThrownBy(() -> Scans.rows(CsvSource.open(path.toString(), CsvReadOptions.DEFAULTS)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContainingAll(parts[1], parts[2], path.toString());
    }

    @Test
    void headersAreChecked() {
        assertThatThrownBy(() -> source("")).hasMessageContaining("has no header: it is empty");
        assertThatThrownBy(() -> source("a,b,a\n1,2,3\n")).hasMessageContaining("has two columns named 'a'");
        Path path = file("a".repeat(100) + "\n1\n");
        assertThatThrownBy(() -> CsvSource.open(path.toString(), CsvReadOptions.DEFAULTS.withSampleBytes(50)))
                .hasMessageContaining("does not end within 50 bytes");
        assertThat(Scans.rows(source("a,b\n"))).isEmpty();
    }

    @Test
    void recordsLongerThanTheWindowAreRead() {
        String text = "x".repeat(3 << 20);
        String quoted = "say \"\"" + "y".repeat(2 << 20);
        assertThat(rows("a,b\n" + text + ",1\n\"" + quoted + "\",2\nz,3\n")).containsExactly(
                List.of(text, 1), List.of(quoted.replace("\"\"", "\""), 2), List.of("z", 3));
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> CsvReadOptions.DEFAULTS.withDelimiter('\n'))
                .hasMessage(
                        "The delimiter of a CSV file cannot be '\n' (U+000A). Use one printable ASCII character or a tab, and not the same for both roles.");
        assertThatThrownBy(() -> CsvReadOptions.DEFAULTS.withQuote(','))
                .hasMessageContaining("',' is given for two of delimiter, quote");
        assertThatThrownBy(() -> CsvReadOptions.DEFAULTS.withDelimiter('é')).hasMessageContaining("U+00E9");
        assertThatThrownBy(() -> CsvWriteOptions.DEFAULTS.withDelimiter('"')).hasMessageContaining("The delimiter");
    }
}

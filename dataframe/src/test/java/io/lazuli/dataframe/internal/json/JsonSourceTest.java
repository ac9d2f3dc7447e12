package io.lazuli.dataframe.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.RandomRows;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.SourceContract;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.io.BadRowReport;
import io.lazuli.dataframe.io.BadRows;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.io.JsonWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSourceTest extends SourceContract {
    @Override
    protected TableWriter writer(String name, Schema schema) {
        return JsonFormat.target(folder.resolve(name).toString(), schema, JsonWriteOptions.DEFAULTS);
    }

    /// Types that JSON has are guessed where there is but one column.
    @Override
    protected Source open(String name, Schema schema) {
        boolean isGuessed = schema.size() == 1 && schema.field(0).type() == DataType.INT;
        JsonReadOptions options = JsonReadOptions.DEFAULTS;
        return JsonSource.open(folder + "/" + name, isGuessed ? options : options.withTypes(schema));
    }

    @Override
    protected Schema types() {
        return RandomRows.DECLARABLE;
    }

    @Override
    protected String suffix() {
        return ".json";
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("t.json"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonSource source(String text) {
        return JsonSource.open(file(text).toString(), JsonReadOptions.DEFAULTS);
    }

    @Test
    void typesAreGuessedAndWidened() {
        JsonSource source = source(
                """
                {"b": true, "i": 1, "l": 1, "d": 1, "big": 1, "t": "x", "none": null, "mixed": 1, "nan": 1}

                  {"b":false,"i":-5,"l":3000000000,"d":2.5e1,"big":12345678901234567890,"t":"","mixed":"a","nan":"NaN"} \r
                """);
        assertThat(source.schema().types()).containsExactly(
                DataType.BOOL, DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.FLOAT64, DataType.UTF8,
                DataType.UTF8, DataType.UTF8, DataType.FLOAT64);
        assertThat(Scans.rows(source)).containsExactly(
                Arrays.asList(true, 1, 1L, 1.0, 1.0, "x", null, "1", 1.0),
                Arrays.asList(false, -5, 3_000_000_000L, 25.0, 12345678901234567890.0, "", null, "a", Double.NaN));
    }

    @Test
    void keysComeInAnyOrderAndMayBeMissingOrUnknown() {
        StringBuilder text = new StringBuilder("{\"a\":1,\"b\":2}\n{\"b\":3,\"a\":4}\n{\"b\":5}\n{}\n");
        assertThat(Scans.rows(source(text.toString()))).containsExactly(
                List.of(1, 2), List.of(4, 3), Arrays.asList(null, 5), Arrays.asList(null, null));
        text.append("{\"a\":1}\n".repeat(1000)).append("{\"c\":[1],\"\\u0061\":7}\n")
                .append("{\"a\":1}\n".repeat(1000));
        JsonSource sampled =
                JsonSource.open(file(text.toString()).toString(), JsonReadOptions.DEFAULTS.withSampleBytes(100));
        assertThat(sampled.schema().names()).containsExactly("a", "b");
        assertThat(Scans.rows(sampled, List.of(0)).get(1004)).containsExactly(7);
    }

    @Test
    void escapesAndSurrogates() {
        assertThat(Scans.rows(source("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u6f22\\ud83d\\ude42\"}\n")))
                .containsExactly(List.of("\"\\/\b\f\n\r\té漢🙂"));
    }

    @Test
    void nestedKeysAreNoColumns() {
        JsonSource source = source("{\"a\":1,\"n\":{\"x\":[1,\"]}\",{}]},\"l\":[]}\n");
        assertThat(source.schema().names()).containsExactly("a");
        assertThat(source.skippedColumns()).containsOnlyKeys("n", "l");
        assertThat(Scans.rows(source)).containsExactly(List.of(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[1]|byte 0, an object was expected and '[' found",
        "{\"a\":1|a comma or } was expected and the end of the line found",
        "{\"a\":1}x|the end of the line was expected and 'x' found",
        "{\"a\":01}|a comma or } was expected and '1' found",
        "{\"a\":tru}|a value was expected and 't' found",
        "{\"a\":1,}|a key in quotes was expected and '}' found",
        "{\"a\":\"x}|a closing quote",
        "{\"a\":\"\\x\"}|bad escape at byte 6: \\x",
        "{\"a\":\"\\ud800\"}|bad escape at byte 6: \\ud800",
        "{\"a\":\"\\udc00\\ud800\"}|bad escape",
        "{\"a\":1,\"a\":2}|has the key 'a' twice",
        "{\"n\":[1}}|] was expected"
    })
    void malformedLinesAreNamed(String line, String message) {
        Path path = file(line + "\n");
        JsonReadOptions options = JsonReadOptions.DEFAULTS.withType("a", DataType.UTF8);
        assertThatThrownBy(() -> Scans.rows(JsonSource.open(path.toString(), options)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageStartingWith("Line 1 of JSON file '" + path + "'")
                .hasMessageContaining(message);
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n";
        assertThatThrownBy(() -> source(deep)).hasMessageContaining("is nested deeper than 1,024 levels at byte 1,029");
    }

    @Test
    void valuesThatAreNotOfTheirTypeAreShown() {
        JsonReadOptions options = JsonReadOptions.DEFAULTS.withType("a", DataType.INT).withType("b", DataType.DATE);
        Path path = file("{\"a\":1,\"b\":\"2024-01-31\"}\n{\"a\":1.5}\n");
        assertThatThrownBy(() -> Scans.rows(JsonSource.open(path.toString(), options)))
                .hasMessageContaining("Line 2 of JSON file '" + path + "' has '1.5' in column 'a', which is not INT.");
        Path nested = file("{\"a\":{}}\n");
        assertThatThrownBy(() -> Scans.rows(JsonSource.open(nested.toString(), options)))
                .hasMessageContaining("has an array or object in column 'a'");
        Path empty = file("{\"a\":\"\"}\n");
        assertThatThrownBy(() -> Scans.rows(JsonSource.open(empty.toString(), options)))
                .hasMessageContaining("which is not INT");
    }

    @Test
    void badRowsAreSkippedOrMadeNullAndReported() {
        Path path = file("{\"a\":1,\"b\":2}\nno object\n{\"a\":\"x\",\"b\":3}\n{\"a\":4,\"b\":5}\n");
        JsonReadOptions options = JsonReadOptions.DEFAULTS.withType("a", DataType.INT);
        BadRowReport report = BadRowReport.create();
        JsonReadOptions skipping = options.withBadRows(BadRows.SKIP).withReport(report);
        JsonSource source = JsonSource.open(path.toString(), skipping);
        assertThat(Scans.rows(source)).containsExactly(List.of(1, 2), List.of(4, 5));
        assertThat(Scans.rows(source, List.of(1))).containsExactly(List.of(2), List.of(5));
        assertThat(report.count()).isEqualTo(2);
        assertThat(report.rows()).extracting(BadRowReport.BadRow::line).containsExactly(2L, 3L);
        assertThat(Scans.rows(JsonSource.open(path.toString(), options.withBadRows(BadRows.NULLS)))).containsExactly(
                List.of(1, 2), Arrays.asList(null, null), Arrays.asList(null, 3), List.of(4, 5));
    }
}

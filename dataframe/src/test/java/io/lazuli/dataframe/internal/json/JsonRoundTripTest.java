package io.lazuli.dataframe.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.text.Lines;
import io.lazuli.dataframe.internal.text.TextFile;
import io.lazuli.dataframe.internal.text.TextSplit;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.io.JsonWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Values and nasty texts, written and read back, in one piece and in many.
class JsonRoundTripTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("text", DataType.UTF8), new Field("k\"\n\\é", DataType.FLOAT64),
            new Field("long", DataType.LONG));
    private static Path temporary;

    @BeforeContainer
    static void createFolder() throws IOException {
        temporary = Files.createTempDirectory("json");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(temporary.resolve("nasty.json"));
        Files.delete(temporary);
    }

    @Property(tries = 200)
    void anyValuesInAnyNumberOfPieces(
            @ForAll("tables") List<List<Object>> rows, @ForAll @IntRange(min = 1, max = 40) int pieces)
            throws IOException {
        String path = temporary.resolve("nasty.json").toString();
        Scans.write(JsonFormat.target(path, SCHEMA, JsonWriteOptions.DEFAULTS.withOverwrite(true)), SCHEMA, rows, 7);
        JsonSource source = JsonSource.open(path, JsonReadOptions.DEFAULTS.withTypes(SCHEMA));
        assertThat(Scans.rows(source)).isEqualTo(rows);
        TextFile file = source.files().getFirst();
        try (FileChannel channel = file.file().open()) {
            List<Long> starts = Lines.cuts(file, channel, pieces);
            List<TextSplit> splits = IntStream.range(1, starts.size())
                    .mapToObj(i -> new TextSplit(0, starts.get(i - 1), starts.get(i)))
                    .toList();
            assertThat(Scans.rows(source, Scans.request(List.of(0, 1, 2)), splits)).isEqualTo(rows);
        }
    }

    @Provide
    Arbitrary<List<List<Object>>> tables() {
        Arbitrary<Object> text = Arbitraries.strings().ofMaxLength(20).filter(JsonRoundTripTest::isPaired)
                .map(Object.class::cast).injectNull(0.1);
        Arbitrary<Object> number = Arbitraries.doubles().ofScale(20).map(Object.class::cast)
                .edgeCases(cases -> cases.add(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE))
                .injectNull(0.1);
        Arbitrary<Object> integer = Arbitraries.longs().map(Object.class::cast).injectNull(0.1);
        return Combinators.combine(text, number, integer).as((t, n, i) -> Arrays.asList(t, n, i))
                .list().ofMinSize(1).ofMaxSize(60);
    }

    /// UTF-8 has no halves of surrogate pairs.
    private static boolean isPaired(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}

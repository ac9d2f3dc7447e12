package io.lazuli.dataframe.internal.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.text.TextSplit;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.file.SourceFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nasty texts, written and read back, in one piece and in many.
class CsvRoundTripTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("a", DataType.UTF8), new Field("b", DataType.UTF8), new Field("c", DataType.UTF8));
    private static final CsvReadOptions TEXTS = CsvReadOptions.DEFAULTS
            .withType("a", DataType.UTF8)
            .withType("b", DataType.UTF8)
            .withType("c", DataType.UTF8);
    private static Path temporary;

    @BeforeContainer
    static void createFolder() throws IOException {
        temporary = Files.createTempDirectory("csv");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(temporary.resolve("nasty.csv"));
        Files.delete(temporary);
    }

    @Property(tries = 200)
    void anyTextsInAnyNumberOfPieces(
            @ForAll("tables") List<List<String>> rows, @ForAll @IntRange(min = 1, max = 40) int pieces)
            throws IOException {
        Path path = temporary.resolve("nasty.csv");
        Scans.write(CsvFormat.target(path.toString(), SCHEMA, CsvWriteOptions.DEFAULTS.withOverwrite(true)),
                SCHEMA, rows, 7);
        CsvSource source = CsvSource.open(path.toString(), TEXTS);
        assertThat(Scans.rows(source)).isEqualTo(rows);
        List<TextSplit> splits = splits(source, pieces);
        assertThat(Scans.rows(source, Scans.request(List.of(0, 1, 2)), splits)).isEqualTo(rows);
        assertThat(splits).hasSizeLessThanOrEqualTo(pieces);
    }

    private static List<TextSplit> splits(CsvSource source, int pieces) throws IOException {
        SourceFile file = source.files().getFirst().file();
        try (FileChannel channel = file.open()) {
            List<Long> starts = CsvCuts.of(
                    channel,
                    source.files().getFirst().dataStart(),
                    file.byteSize(),
                    pieces,
                    CsvDialect.of(source.options(), (byte) '\n'),
                    source.hasQuotes());
            return IntStream.range(1, starts.size())
                    .mapToObj(i -> new TextSplit(0, starts.get(i - 1), starts.get(i)))
                    .toList();
        }
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars("ab\",\n\r 0")
                .withChars('é', '漢')
                .ofMaxLength(20)
                .injectNull(0.2);
        return text.list().ofSize(3).list().ofMinSize(1).ofMaxSize(60);
    }

    @TempDir
    private Path folder;

    /// A quoted text with line breaks, so long that no quote is near the cuts in it.
    private Path longQuotedText() throws IOException {
        StringBuilder csv = new StringBuilder("a,b,c\n");
        csv.append("1,2,3\n".repeat(100_000)).append("1,\"");
        csv.append("4,5,6\n".repeat(200_000)).append("\",3\n");
        csv.append("7,8,9\n".repeat(100_000));
        return Files.writeString(folder.resolve("long.csv"), csv);
    }

    @Test
    void aCutWithinALongQuotedTextIsAnErrorRatherThanWrongRows() throws IOException {
        CsvSource source = CsvSource.open(longQuotedText().toString(), CsvReadOptions.DEFAULTS.withSampleBytes(1000));
        List<TextSplit> splits = splits(source, 2);
        assertThatThrownBy(() -> Scans.rows(source, Scans.request(List.of(0)), splits))
                .hasMessageContaining("Line 100002 of CSV file")
                .hasMessageContaining("begins a record with a quoted field that is not closed")
                .hasMessageContaining("read with withLineBreaksInQuotes(true)");
    }

    @Test
    void aPassOverTheQuotesCutsAroundALongQuotedText() throws IOException {
        CsvReadOptions options = CsvReadOptions.DEFAULTS.withSampleBytes(1000).withLineBreaksInQuotes(true);
        CsvSource source = CsvSource.open(longQuotedText().toString(), options);
        SourceFile file = source.files().getFirst().file();
        List<TextSplit> splits = new ArrayList<>();
        try (FileChannel channel = file.open()) {
            List<Long> starts = CsvCuts.of(channel, 6, file.byteSize(), 16, CsvDialect.of(options, (byte) '\n'), true);
            for (int i = 1; i < starts.size(); i++) {
                splits.add(new TextSplit(0, starts.get(i - 1), starts.get(i)));
            }
        }
        assertThat(splits.size()).isBetween(8, 15);
        assertThat(Scans.rows(source, Scans.request(List.of(0)), splits)).hasSize(200_001);
    }
}

package io.lazuli.graph.bag;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// However a file is cut, its splits together have the lines of the file.
class TextSplitPropertyTest {
    private static Path file;

    @BeforeContainer
    static void createFile() throws IOException {
        file = Files.createTempFile("lines", ".txt");
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.delete(file);
    }

    /// Line breaks of both kinds, and characters of one to four bytes.
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("\n", "\r\n", "\r", "a", "bc", "ä", "€", "\uD83D\uDE00", "\uFFFD", "")
                .list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    /// The specification: text between line breaks, without an empty line at the end.
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r?\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    @Property(tries = 1_000)
    void splitsHaveTheLinesOfTheFile(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 60) int bytes)
            throws IOException {
        Files.writeString(file, text);
        List<String> found = new ArrayList<>();
        for (TextSplit split : TextSplit.of(TextFile.find(file.toString()).getFirst(), new TextOptions(bytes))) {
            try (LineReader reader = LineReader.open(split, () -> {})) {
                for (String line = reader.next(); line != null; line = reader.next()) {
                    found.add(line);
                }
                assertThat(reader.next()).isNull();
            }
        }
        assertThat(found).isEqualTo(lines(text));
    }
}

package io.lazuli.graph.bag;

import static io.lazuli.graph.bag.Engines.here;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadTextTest {
    @TempDir
    Path directory;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private List<String> read(String pattern) {
        return here(Bag.readText(directory.resolve(pattern).toString())).compute();
    }

    private static Throwable causeOf(Throwable failure) {
        return failure instanceof LazuliException ? failure : causeOf(failure.getCause());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''|''", "a|a", "a\\n|a", "a\\r\\n|a", "\\n|,", "\\n\\n|,,", "a\\n\\nb|a,,b", "a\\rb\\n|a\\rb", "a\\r|a\\r",
        "\\r\\n|,"})
    void lines(String text, String expected) throws IOException {
        write("a.txt", text.translateEscapes());
        List<String> lines = new ArrayList<>(Arrays.asList(expected.translateEscapes().split(",", -1)));
        if (!text.isEmpty() && lines.size() > 1 && text.endsWith("n")) {
            lines.removeLast();
        }
        assertThat(read("a.txt")).isEqualTo(text.isEmpty() ? List.of() : lines);
    }

    @Test
    void aByteOrderMarkIsLeftOut() throws IOException {
        write("a.txt", "\uFEFFä\n\uFEFFb");
        assertThat(read("a.txt")).containsExactly("ä", "\uFEFFb");
        write("b.txt", "\uFEFF");
        assertThat(read("b.txt")).isEmpty();
    }

    @Test
    void theReplacementCharacterIsTextLikeAnyOther() throws IOException {
        write("a.txt", "a\uFFFDb\n");
        assertThat(read("a.txt")).containsExactly("a\uFFFDb");
    }

    @Test
    void foldersAndPatterns() throws IOException {
        write("b.txt", "2");
        write("a.txt", "1");
        write("c.log", "3");
        write(".hidden.txt", "4");
        write("_hidden.txt", "5");
        Files.createDirectory(directory.resolve("d.txt"));
        assertThat(read(".")).containsExactly("1", "2", "3");
        assertThat(read("*.txt")).containsExactly("1", "2");
        assertThat(read("[bc].*")).containsExactly("2", "3");
        assertThat(
                here(Bag.readText(directory.resolve("c.log").toString(), directory.resolve("a*").toString())).compute())
                .containsExactly("3", "1");
        Bag<TextLine> lines = Bag.readTextWithPath(TextOptions.DEFAULTS, directory.resolve("*.log").toString());
        assertThat(here(lines).compute())
                .containsExactly(new TextLine(directory.resolve("c.log").toAbsolutePath().toString(), "3"));
    }

    @Test
    void longLinesGrowTheBuffer() throws IOException {
        String longLine = "ä".repeat(200_000);
        write("a.txt", "x\n" + longLine + "\r\ny\n" + longLine);
        TextOptions options = TextOptions.DEFAULTS.withPartitionBytes(100_000);
        Bag<String> bag = here(Bag.readText(options, directory.resolve("a.txt").toString()));
        assertThat(bag.partitionCount()).isEqualTo(9);
        assertThat(bag.compute()).containsExactly("x", longLine, "y", longLine);
    }

    @Test
    void compressedFilesAreOnePartitionEach() throws IOException {
        for (String name : List.of("a.txt.gz", "b.TXT.GZ")) {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve(name)))) {
                out.write("1\n2\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            }
        }
        TextOptions options = TextOptions.DEFAULTS.withPartitionBytes(1);
        Bag<String> bag = here(Bag.readText(options, directory.toString()));
        assertThat(bag.partitionCount()).isEqualTo(2);
        assertThat(bag.frequencies().compute()).containsExactlyInAnyOrder(
                new Keyed<>("1", 200_000L), new Keyed<>("2", 200_000L));
    }

    @Test
    void partitionsComeFromBytesAlone() {
        assertThat(TextOptions.DEFAULTS.partitionCount(0)).isOne();
        assertThat(TextOptions.DEFAULTS.partitionCount(1 << 20)).isOne();
        assertThat(TextOptions.DEFAULTS.partitionCount(65L << 20)).isEqualTo(8);
        assertThat(TextOptions.DEFAULTS.partitionCount(1L << 30)).isEqualTo(16);
        assertThat(TextOptions.DEFAULTS.withPartitionBytes(10).partitionCount(0)).isOne();
        assertThat(TextOptions.DEFAULTS.withPartitionBytes(10).partitionCount(101)).isEqualTo(11);
    }

    @Test
    void missingFilesAreFoundWhenTheBagIsBuilt() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        assertThatThrownBy(() -> read("no.txt")).hasMessage(
                "No file or folder at '%s/no.txt' (seen from folder '%s'). Check the path; a pattern may hold * and ? in its last part.",
                directory, here);
        assertThatThrownBy(() -> read("no/*.txt")).hasMessageStartingWith("No file or folder at");
        assertThatThrownBy(() -> read("*.txt")).hasMessage(
                "No files to read in '%s/*.txt': nothing there matches '*.txt'. Name the files with a pattern such as 'folder/*.csv'.",
                directory);
        assertThatThrownBy(() -> read(".")).hasMessageStartingWith("No files to read in");
        assertThatThrownBy(() -> Bag.readText()).hasMessage(
                "readText was given no path. Name a file, a folder, or a pattern such as 'logs/*.txt'.");
        assertThatThrownBy(() -> TextOptions.DEFAULTS.withPartitionBytes(-1)).hasMessage(
                "Argument partitionBytes of readText is -1, expected at least 1, or BY_SIZE.");
    }

    @Test
    void malformedTextIsFoundWithItsByte() throws IOException {
        Path file = directory.resolve("a.txt");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("good ä\ngood \uFFFD bad ".getBytes(StandardCharsets.UTF_8));
        int offset = bytes.size();
        bytes.writeBytes(new byte[] {(byte) 0xC3, '!', '\n'});
        Files.write(file, bytes.toByteArray());
        String expected =
                "File '%s' is not UTF-8: byte %d is 0xC3, which cannot stand there. Convert it, for example with iconv.";
        for (long partitionBytes : new long[] {0, 1, 7}) {
            TextOptions options = TextOptions.DEFAULTS.withPartitionBytes(partitionBytes);
            assertThatThrownBy(() -> here(Bag.readText(options, file.toString())).compute())
                    .hasMessageContaining(expected, file, offset)
                    .satisfies(e -> assertThat(((LazuliException) causeOf(e)).code()).isEqualTo(ErrorCode.DATA));
        }
        Files.write(file, new byte[] {'a', (byte) 0xE2, (byte) 0x82});
        assertThatThrownBy(() -> read("a.txt")).hasMessageContaining(expected.replace("0xC3", "0xE2"), file, 1);
    }

    @Test
    void aFileThatChangedIsFound() throws IOException {
        Path file = write("a.txt", "1234");
        Bag<String> bag = here(Bag.readText(file.toString()));
        Files.writeString(file, "12345");
        assertThatThrownBy(bag::compute).hasMessageContaining(
                "File '%s' changed after the plan was built: it has 5 bytes now and had 4 then. Build the frame or bag again.",
                file);
        Files.delete(file);
        assertThatThrownBy(bag::compute).hasMessageContaining("No file or folder at '%s'", file);
    }

    @Test
    void aDamagedCompressedFileIsFound() throws IOException {
        Path file = write("a.gz", "plain text");
        assertThatThrownBy(() -> read("a.gz")).hasMessageContaining(
                "'%s' is named as a gzip file, but cannot be decompressed: ZipException it does not begin as gzip files do. It may be cut off, or of another format.",
                file);
        byte[] whole = gzip("1\n2\n".repeat(1_000));
        Files.write(file, Arrays.copyOf(whole, whole.length - 9));
        assertThatThrownBy(() -> read("a.gz")).hasMessageContaining("cannot be decompressed: EOFException");
    }

    /// Java's own stream takes such a member for the end of the file.
    @Test
    void damageBehindTheFirstMemberLosesNoLines() throws IOException {
        Path file = directory.resolve("a.gz");
        byte[] member = gzip("1\n2\n");
        byte[] both = Arrays.copyOf(member, 2 * member.length);
        System.arraycopy(member, 0, both, member.length, member.length);
        Files.write(file, both);
        assertThat(read("a.gz")).containsExactly("1", "2", "1", "2");
        Files.write(file, Arrays.copyOf(both, both.length + 512));
        assertThat(read("a.gz")).as("zeros of a tape").hasSize(4);
        for (int length = member.length + 1; length < both.length; length++) {
            Files.write(file, Arrays.copyOf(both, length));
            assertThatThrownBy(() -> read("a.gz")).as("%d bytes", length)
                    .hasMessageContaining("cannot be decompressed: ")
                    .satisfies(e -> assertThat(((LazuliException) causeOf(e)).code()).isEqualTo(ErrorCode.DATA));
        }
        both[member.length] ^= 1;
        Files.write(file, both);
        assertThatThrownBy(() -> read("a.gz")).hasMessageContaining(
                "'%s' is named as a gzip file, but cannot be decompressed: ZipException what follows is neither text nor another gzip member. It may be cut off, or of another format.",
                file);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void tokensFollowTheFile() throws IOException {
        Path file = write("a.txt", "1\n2\n");
        Bag<String> bag = Bag.readText(file.toString());
        assertThat(bag.graph().output()).isEqualTo(Bag.readText(file.toString()).graph().output());
        Files.writeString(file, "1\n2\n3\n");
        assertThat(bag.graph().output()).isNotEqualTo(Bag.readText(file.toString()).graph().output());
    }
}

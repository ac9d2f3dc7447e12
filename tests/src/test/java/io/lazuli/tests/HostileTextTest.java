package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Text files that are made to exhaust memory are refused by a process that has 64 MiB outside of the Java heap and as much
/// within it, or read where they are only large.
class HostileTextTest {
    private static final long GIGABYTE = 1L << 30;
    private static final long BOMB_BYTES = 96L << 20;

    @TempDir
    private static Path folder;

    private static Path path(String name) {
        return folder.resolve(name);
    }

    /// A file that takes no room on disk: a beginning, then zeros.
    private static Path sparse(String name, String start) throws IOException {
        Files.writeString(path(name), start);
        try (RandomAccessFile file = new RandomAccessFile(path(name).toFile(), "rw")) {
            file.setLength(GIGABYTE);
        }
        return path(name);
    }

    private static Path bomb(String name, String start, byte filling) throws IOException {
        OutputStream file = Files.newOutputStream(path(name));
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, filling);
        try (OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : new ZstdOutputStream(file)) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (long written = 0; written < BOMB_BYTES; written += piece.length) {
                out.write(piece);
            }
        }
        return path(name);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void hostileFilesAreRefusedWithinSixtyFourMegabytes() throws Exception {
        StringBuilder wide = new StringBuilder("a");
        for (int i = 0; i < 1_000_000; i++) {
            wide.append(",c").append(i);
        }
        List<Path> files = List.of(
                sparse("line.csv", "a,b\n1,2\n3,"),
                sparse("quote.csv", "a,b\n1,2\n3,\"\n"),
                sparse("line.json", "{\"a\":\"1\"}\n{\"a\":\""),
                Files.writeString(path("wide.csv"), wide + "\n"),
                Files.writeString(path("commas.csv"), ",".repeat(200_000) + "\n"),
                bomb("line.csv.gz", "a,b\n1,2\n", (byte) 'x'),
                bomb("line.json.zst", "{\"a\":\"", (byte) 'x'),
                bomb("blank.csv.zst", "a,b\n1,2\n", (byte) '\n'),
                Files.writeString(path("deep.json"), "{\"a\":\"x\"}\n{\"b\":" + "[".repeat(5_000_000) + "\n"));

        List<String> outcomes = outcomes(files);

        List<String> expected = List.of(
                "Line 3 of CSV file '{}' begins a record at byte 8 that is longer than 16,777,216 bytes.",
                "Line 3 of CSV file '{}' begins a record at byte 8 that is longer than 16,777,216 bytes.",
                "Line 2 of JSON file '{}' begins a record at byte 10 that is longer than 16,777,216 bytes.",
                "The first line of CSV file '{}' does not end within 262,144 bytes.",
                "CSV file '{}' has 200,001 columns by its first lines, more than the 65,536",
                "Line 3 of CSV file '{}' begins a record at byte 8 that is longer than 16,777,216 bytes.",
                "Line 1 of JSON file '{}' begins a record at byte 0 that is longer than 16,777,216 bytes.",
                "1 rows",
                "Line 2 of JSON file '{}' is nested deeper than 1,024 levels at byte 1,039.");
        for (int i = 0; i < files.size(); i++) {
            assertThat(outcomes.get(i)).contains(expected.get(i).replace("{}", files.get(i).toString()));
        }
    }

    private static List<String> outcomes(List<Path> files) {
        List<Object> command = new ArrayList<>(List.of("-Xmx64m", HostileText.class.getName()));
        command.addAll(files);
        try (CommandProcess process = Launcher.startJava(Map.of(), command)) {
            CommandProcess.Outcome outcome = process.awaitEnd(Duration.ofSeconds(50));
            assertThat(outcome.status()).as(process.toString()).isZero();
            return outcome.output().lines().toList();
        }
    }
}

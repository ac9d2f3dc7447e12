package io.lazuli.dataframe.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.lazuli.dataframe.internal.arrow.ArrowBombs;
import io.lazuli.dataframe.internal.parquet.ParquetBombs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Files of all formats that are made to exhaust memory: read one after the other by a process with 64 MiB for the Java heap, each
/// is refused with a typed error that names it before the process has grown by 64 MiB more, and no file stays open.
@EnabledOnOs(OS.LINUX)
class HostileFilesTest {
    private static final long MOST_BYTES = 64L << 20;
    private static final long GIGABYTE = 1L << 30;
    private static final int RECORD = 20 << 20;

    @TempDir
    private static Path folder;

    private final Map<Path, String> files = new LinkedHashMap<>();

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void bombsAreRefusedWithinSixtyFourMegabytes() throws Exception {
        writeGood();
        writeTexts();
        files.putAll(ParquetBombs.write(folder));
        files.putAll(ArrowBombs.write(folder));
        List<String> outcomes = outcomes();
        List<String> wrong = new ArrayList<>();
        int at = 0;
        for (Map.Entry<Path, String> file : files.entrySet()) {
            String[] outcome = outcomes.get(at++).split(" ", 3);
            boolean isRead = file.getValue().endsWith(" rows");
            boolean isRight = outcome[2].contains(file.getValue().replace("{}", file.getKey().toString()))
                    && (isRead || outcome[2].contains(file.getKey().toString())
                            && outcome[2].matches("(?s)(DATA|RESOURCE) .*"))
                    && Long.parseLong(outcome[0]) <= MOST_BYTES
                    && Long.parseLong(outcome[1]) == 0;
            if (!isRight) {
                wrong.add(file.getKey().getFileName() + ": " + String.join(" ", outcome));
            }
        }
        assertThat(wrong).as("bytes that the process grew, files left open, outcome").isEmpty();
    }

    /// Loads and compiles what reading needs.
    private void writeGood() throws IOException {
        StringBuilder csv = new StringBuilder("a,b\n");
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            csv.append("x,").append(i).append('\n');
            json.append("{\"a\":\"x\",\"b\":").append(i).append("}\n");
        }
        files.put(Files.writeString(folder.resolve("good.csv"), csv), "100000 rows");
        files.put(Files.writeString(folder.resolve("good.json"), json), "100000 rows");
    }

    private void writeTexts() throws IOException {
        String tooLong = "begins a record at byte %d that is longer than 16,777,216 bytes";
        files.put(sparse("line.csv", "a,b\n1,2\n3,"), "Line 3 of CSV file '{}' " + tooLong.formatted(8));
        files.put(sparse("quote.csv", "a,b\n1,2\n3,\"\n"), "Line 3 of CSV file '{}' " + tooLong.formatted(8));
        files.put(sparse("string.json", "{\"a\":\"1\"}\n{\"a\":\""),
                "Line 2 of JSON file '{}' " + tooLong.formatted(10));
        files.put(sparse("undeclared.json", "{\"a\":\""), "does not end within 262,144 bytes");
        files.put(filled("line.csv.gz", "a,b\n1,2\n", 'x', 0), tooLong.formatted(8));
        files.put(filled("line.json.gz", "{\"a\":\"", 'x', 0), tooLong.formatted(0));
        files.put(filled("line.json.zst", "{\"a\":\"", 'x', 21), tooLong.formatted(0));
        files.put(filled("window.csv.zst", "a,b\n1,2\n", 'x', 25), tooLong.formatted(8));
        files.put(filled("wide-window.csv.zst", "a,b\n1,2\n", 'x', 27),
                "needs more than 32 MiB of memory to decompress");
        files.put(filled("blank.csv.zst", "a,b\n1,2\n", '\n', 21), "1 rows");
        files.put(filled("commas.csv.gz", "a,b\n1,2\n", ',', 0),
                "Line 3 of CSV file '{}' has more than 2 fields where 2 were expected");
        files.put(filled("nested.json.gz", "{\"a\":\"1\"}\n{\"b\":", '[', 0), tooLong.formatted(10));
        files.put(cut("cut.csv.gz"), "cannot be decompressed as GZIP after");
        files.put(Files.writeString(folder.resolve("wide.csv"), "a" + ",b".repeat(1_000_000) + "\n"),
                "The first line of CSV file '{}' does not end within 262,144 bytes");
        files.put(Files.writeString(folder.resolve("commas.csv"), ",".repeat(200_000) + "\n"),
                "has 200,001 columns by its first lines, more than the 65,536");
        files.put(Files.writeString(folder.resolve("deep.json"),
                "{\"a\":\"x\"}\n{\"b\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n"),
                "Line 2 of JSON file '{}' is nested deeper than 1,024 levels at byte 1,039");
        files.put(Files.writeString(folder.resolve("keys.json"), keys(1_000_000)), "2 rows");
        files.put(Files.writeString(folder.resolve("undeclared-keys.json"), keys(1_000_000)),
                "2 rows");
    }

    /// A file that takes no room on disk: a beginning, then zeros.
    private static Path sparse(String name, String start) throws IOException {
        Path path = Files.writeString(folder.resolve(name), start);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(GIGABYTE);
        }
        return path;
    }

    private static Path filled(String name, String start, char filling, int windowLog) throws IOException {
        Path path = folder.resolve(name);
        OutputStream file = Files.newOutputStream(path);
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) filling);
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(file)
                : new ZstdOutputStream(file).setLong(windowLog)) {
            out.write(start.getBytes(StandardCharsets.UTF_8));
            for (long written = 0; written < RECORD; written += piece.length) {
                out.write(piece);
            }
        }
        return path;
    }

    private static Path cut(String name) throws IOException {
        Path path = filled(name, "a,b\n", '\n', 0);
        return Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 20_000));
    }

    private static String keys(int count) {
        StringBuilder keys = new StringBuilder("{\"a\":\"1\"");
        for (int i = 0; i < count; i++) {
            keys.append(",\"k").append(i).append("\":1");
        }
        return keys + "}\n{\"a\":\"2\"}\n";
    }

    private List<String> outcomes() throws Exception {
        Path list = Files.write(folder.resolve("list.txt"), files.keySet().stream().map(Path::toString).toList());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HostileReads.class.getName(),
                list.toString());
        Path output = folder.resolve("output.txt");
        Process process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(80, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }
}

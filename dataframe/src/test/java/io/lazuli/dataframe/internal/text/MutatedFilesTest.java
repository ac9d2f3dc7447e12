package io.lazuli.dataframe.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.csv.CsvFormat;
import io.lazuli.dataframe.internal.csv.CsvSource;
import io.lazuli.dataframe.internal.json.JsonFormat;
import io.lazuli.dataframe.internal.json.JsonSource;
import io.lazuli.dataframe.internal.source.RandomRows;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.io.BadRowReport;
import io.lazuli.dataframe.io.BadRows;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.io.JsonWriteOptions;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files with bytes changed, removed, added or repeated: they are read, or refused with one typed error that names the file.
/// Mutation number n is the same in every run.
class MutatedFilesTest {
    private static final int MUTATIONS = 2000;
    private static final byte[] NASTY = "\"\"\",\\{}[]:\r\n\0\u0080\u00ff\u00ed'#;".getBytes(
            StandardCharsets.ISO_8859_1);

    @TempDir
    Path folder;

    enum Form {
        CSV,
        CSV_NULLS,
        CSV_GZIP,
        JSON,
        JSON_SKIP,
        JSON_ZSTD
    }

    @ParameterizedTest
    @EnumSource
    void isReadOrRefused(Form form) throws IOException {
        String name = switch (form) {
            case CSV, CSV_NULLS -> "t.csv";
            case CSV_GZIP -> "t.csv.gz";
            case JSON, JSON_SKIP -> "t.json";
            case JSON_ZSTD -> "t.json.zst";
        };
        Path good = folder.resolve(name);
        Scans.write(
                form.name().startsWith("CSV")
                        ? CsvFormat.target(good.toString(), RandomRows.DECLARABLE, CsvWriteOptions.DEFAULTS)
                        : JsonFormat.target(good.toString(), RandomRows.DECLARABLE, JsonWriteOptions.DEFAULTS),
                RandomRows.DECLARABLE, RandomRows.of(RandomRows.DECLARABLE, 30, 0.1, 1), 30);
        byte[] bytes = Files.readAllBytes(good);
        int refused = 0;
        for (int n = 0; n < MUTATIONS; n++) {
            Path file = folder.resolve(n + name);
            Files.write(file, mutated(bytes, new Random(n)));
            refused += isRefused(file, opening(form), n) ? 1 : 0;
            Files.delete(file);
        }
        assertThat(refused).isLessThan(MUTATIONS);
        // a line of JSON that is no object is left out, whatever it is
        assertThat(refused > 0).isEqualTo(form != Form.JSON_SKIP);
    }

    private static Function<String, Source> opening(Form form) {
        CsvReadOptions csv = CsvReadOptions.DEFAULTS.withTypes(RandomRows.DECLARABLE);
        JsonReadOptions json = JsonReadOptions.DEFAULTS.withTypes(RandomRows.DECLARABLE);
        BadRowReport report = BadRowReport.create();
        return switch (form) {
            case CSV, CSV_GZIP -> path -> CsvSource.open(path, csv);
            case CSV_NULLS -> path -> CsvSource.open(path, csv.withBadRows(BadRows.NULLS).withReport(report));
            case JSON, JSON_ZSTD -> path -> JsonSource.open(path, json);
            case JSON_SKIP -> path -> JsonSource.open(path, json.withBadRows(BadRows.SKIP).withReport(report));
        };
    }

    private static boolean isRefused(Path file, Function<String, Source> opening, int n) {
        try {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                    () -> Scans.rows(opening.apply(file.toString())), "mutation " + n);
            return false;
        } catch (LazuliException e) {
            assertThat(e.code()).as("mutation " + n).isIn(ErrorCode.DATA, ErrorCode.USER);
            assertThat(e).as("mutation " + n).hasMessageContaining(file.getFileName().toString());
            return true;
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] result = bytes;
        for (int times = 1 + random.nextInt(3); times > 0 && result.length > 0; times--) {
            int at = random.nextInt(result.length);
            int length = Math.min(random.nextInt(20), result.length - at);
            result = switch (random.nextInt(5)) {
                case 0 -> with(result, at, (byte) random.nextInt(256));
                case 1 -> with(result, at, NASTY[random.nextInt(NASTY.length)]);
                case 2 -> spliced(result, at, length, new byte[0]);
                case 3 -> spliced(result, at, 0, Arrays.copyOfRange(result, at, at + length));
                default -> Arrays.copyOf(result, at);
            };
        }
        return result;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
        byte[] result = new byte[bytes.length - removed + added.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(added, 0, result, at, added.length);
        System.arraycopy(bytes, at + removed, result, at + added.length, bytes.length - at - removed);
        return result;
    }
}

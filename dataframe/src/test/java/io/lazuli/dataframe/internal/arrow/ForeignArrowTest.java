package io.lazuli.dataframe.internal.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.parquet.ForeignTypesTest;
import io.lazuli.dataframe.internal.source.Mutations;
import io.lazuli.dataframe.internal.source.Scans;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that pyarrow 25 wrote: types that we do not write, compressed buffers, dictionaries, views.
class ForeignArrowTest {
    private static final long MICROS_PER_SECOND = 1_000_000;

    @TempDir
    private Path folder;

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(ForeignArrowTest.class.getResource("/foreign/" + name).toURI());
    }

    private static String text(int i) {
        return i % 2 == 0 ? "short " + i : "a text that is longer than a view " + i;
    }

    private static List<Object> row(int i) {
        List<Object> row = new ArrayList<>(Arrays.asList(
                i - 25, -i * 300, (int) (i * 1_000_003L % (1L << 31) - (1L << 30)), -i * 1_000_000_000_000_000L, i * 5,
                i * 1300, i * 80_000_000L, i * 1_000_000_000_000_000L, i / 4.0, i / 10.0, i % 3 == 0, text(i), text(i),
                text(i), i, i, i * MICROS_PER_SECOND, -i * 1000L, (long) i, Math.floorDiv(-i, 1000L), (long) i,
                i * 100L,
                text(i % 4), i % 7 * 10L));
        if (i % 5 == 3) {
            row.replaceAll(value -> null);
        }
        row.add(21, 0.0);
        row.add(i);
        return row;
    }

    @ParameterizedTest
    @ValueSource(strings = {"types", "types-lz4", "types-zstd", "types-stream"})
    void valuesOfAllTypesAreConverted(String name) throws URISyntaxException {
        ArrowSource source = ArrowSource.open(resource(name + ".arrow").toString());
        assertThat(source.skippedColumns().toString()).isEqualTo(
                "{list=type List, struct=type Struct}");
        List<List<Object>> rows = Scans.rows(source);
        assertThat(rows).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(rows.get(i)).isEqualTo(row(i));
        }
    }

    /// Decimals of all widths, durations and times in all units, bytes in all layouts, and dictionaries of them.
    @ParameterizedTest
    @ValueSource(strings = {"bytes", "bytes-zstd"})
    void decimalsDurationsAndBytesAreConverted(String name) throws URISyntaxException {
        ArrowSource source = ArrowSource.open(resource(name + ".arrow").toString());
        assertThat(source.schema().toString()).isEqualTo(
                "[d32: decimal(9, 2), d64: decimal(18, 4), d128: decimal(18, 0), d256: decimal(7, 7), sec: DURATION, ms: DURATION, us: DURATION, ns: DURATION, t32s: DURATION, t32ms: DURATION, t64us: DURATION, t64ns: DURATION, half: FLOAT64, raw: BINARY, large: BINARY, fixed3: BINARY, fixed16: BINARY, view: BINARY, coded: BINARY, codedDecimal: decimal(10, 1)]");
        assertThat(source.skippedColumns().toString()).isEqualTo(
                "{wide=type Decimal(38, 2) of 128 bits, more than 18 digits (cast it to decimal128(18, 2) or float64 where it is written)}");
        List<List<Object>> rows = Scans.rows(source);
        assertThat(rows).hasSize(60);
        for (int i = 0; i < 60; i++) {
            boolean isNull = i % 5 == 3;
            List<Object> expected = ForeignTypesTest.pyarrowRow(i);
            expected.add(expected.get(14));
            expected.add(isNull ? null : ForeignTypesTest.bytes(("\u00ff\u0000" + (char) (i % 4)).repeat(i % 4)));
            expected.add(isNull ? null : (Object) (i % 2 == 0 ? i * 7L : i * -7L));
            assertThat(rows.get(i)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"long-lz4", "long-zstd"})
    void blocksThatReferToEarlierOnesAreDecompressed(String name) throws URISyntaxException {
        List<List<Object>> rows = Scans.rows(ArrowSource.open(resource(name + ".arrow").toString()));
        assertThat(rows).hasSize(40_000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).equals(List.of((long) i % 100 * (i / 1000), "value " + i % 50))).isTrue();
        }
    }

    @Test
    void dictionariesGrowAndAreReplaced() throws URISyntaxException {
        ArrowSource source = ArrowSource.open(resource("dictionaries-stream.arrow").toString());
        assertThat(Scans.rows(source).stream().map(List::getFirst))
                .containsExactly("a", "b", null, "a", "c", "b", "a", "x", "y");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "types", "types-lz4", "types-zstd", "types-stream", "dictionaries-stream", "bytes", "bytes-zstd"})
    void damagedFilesReadOrAreRefused(String name) throws IOException, URISyntaxException {
        Path path = Files.copy(resource(name + ".arrow"), folder.resolve("table.arrow"));
        assertThat(Mutations.read(path, 400, 5000, ArrowSource::open)).isBetween(80, 400);
    }
}

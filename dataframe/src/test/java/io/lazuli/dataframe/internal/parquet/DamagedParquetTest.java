package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.source.Mutations;
import io.lazuli.dataframe.internal.source.RandomRows;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions.Compression;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedParquetTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void oursReadOrAreRefused(Compression compression) throws IOException {
        Path path = folder.resolve("ours.parquet");
        ParquetWriteOptions options =
                ParquetWriteOptions.DEFAULTS.withCompression(compression).withRowGroupRows(300);
        Scans.write(ParquetTableWriter.create(path.toString(), RandomRows.ALL, options), RandomRows.ALL,
                RandomRows.of(RandomRows.ALL, 600, 0.2, 1), 600);
        assertThat(Mutations.read(path, 300, 1000, ParquetSource::open)).isBetween(100, 300);
    }

    static Stream<WriterVersion> versions() {
        return Stream.of(WriterVersion.values());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void thoseOfParquetJavaReadOrAreRefused(WriterVersion version) throws IOException {
        for (boolean dictionary : new boolean[] {true, false}) {
            Path path = folder.resolve("java-" + dictionary + ".parquet");
            ForeignFilesTest.write(path, ForeignFilesTest.TABLE, ForeignFilesTest.rows(600), version, dictionary,
                    CompressionCodecName.UNCOMPRESSED);
            assertThat(Mutations.read(path, 300, 2000, ParquetSource::open)).isBetween(50, 300);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-lz4", "v1-gzip", "v2-snappy", "v2-zstd"})
    void thoseOfPyarrowReadOrAreRefused(String name) throws IOException, URISyntaxException {
        Path original = Path.of(getClass().getResource("/foreign/encodings-" + name + ".parquet").toURI());
        Path path = Files.copy(original, folder.resolve("pyarrow.parquet"));
        assertThat(Mutations.read(path, 250, 3000, ParquetSource::open)).isBetween(50, 250);
    }

    @Test
    void damageIsNamedWithItsPlace() throws IOException {
        Path path = folder.resolve("table.parquet");
        ParquetWriteOptions options = ParquetWriteOptions.DEFAULTS.withCompression(Compression.NONE);
        Scans.write(ParquetTableWriter.create(path.toString(), RandomRows.SCHEMA, options), RandomRows.SCHEMA,
                RandomRows.of(100, 0.2, 1), 100);
        byte[] bytes = Files.readAllBytes(path);
        long end =
                ParquetSource.open(path.toString()).files().getFirst().rowGroups().getFirst().chunks().get(1).offset();
        bytes[(int) end - 1] ^= 1;
        Files.write(path, bytes);
        assertThatThrownBy(() -> Scans.rows(ParquetSource.open(path.toString())))
                .hasMessage("Parquet file '" + path
                        + "' is damaged in column 'bool' of row group 0, page 0: the page does not match its checksum. Write the file again, or leave the column out with select(...).");
    }

    @Test
    void encryptedFilesAreRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("secret.parquet"), "PARE 12345678 PARE");
        assertThatThrownBy(() -> ParquetSource.open(path.toString()))
                .hasMessage("Parquet file '" + path
                        + "' is encrypted, footer and all, and cannot be read. Write it without encryption.");
    }

    @Test
    void aFooterThatClaimsMoreThanItHasIsRefused() {
        // a list of 2^31 - 1 schema elements
        byte[] footer = {0x15, 2, 0x19, (byte) 0xFC, -1, -1, -1, -1, 7};
        ThriftReader in = new ThriftReader(MemorySegment.ofArray(footer), 0, footer.length);
        assertThatThrownBy(() -> new FooterReader(null, in).read())
                .hasMessage("a list of 2147483647 elements in 0 bytes");
    }
}

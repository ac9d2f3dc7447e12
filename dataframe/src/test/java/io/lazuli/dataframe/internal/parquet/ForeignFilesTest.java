package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.parquet.ParquetFile.RowGroup;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.type.DataType;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files as other programs write them: all page versions, codecs and encodings, small pages, and types that we do not
/// write.
class ForeignFilesTest {
    static final MessageType TABLE = MessageTypeParser.parseMessageType(
            """
            message table {
              optional boolean flag;
              optional int32 small;
              required int64 big;
              optional double real;
              optional float single;
              optional binary text (STRING);
              required binary code (STRING);
            }
            """);

    @TempDir
    private Path folder;

    static Stream<Arguments> settings() {
        return Stream.of(WriterVersion.values())
                .flatMap(version -> Stream.of(true, false)
                        .flatMap(dictionary -> Stream.of(
                                CompressionCodecName.UNCOMPRESSED,
                                CompressionCodecName.SNAPPY,
                                CompressionCodecName.GZIP,
                                CompressionCodecName.ZSTD)
                                .map(codec -> Arguments.of(version, dictionary, codec))));
    }

    /// The dictionary of `text` overflows midway, so that a chunk has coded pages and then others; pages end at
    /// different rows.
    @ParameterizedTest
    @MethodSource("settings")
    void readsWhatParquetJavaWrites(WriterVersion version, boolean dictionary, CompressionCodecName codec)
            throws IOException {
        List<List<Object>> rows = rows(6000);
        Path path = folder.resolve("table.parquet");
        write(path, TABLE, rows, version, dictionary, codec);
        assertThat(Scans.rows(ParquetSource.open(path.toString()))).isEqualTo(rows);
        assertThat(Scans.rows(ParquetSource.open(path.toString()), List.of(5)))
                .isEqualTo(rows.stream().map(row -> Arrays.asList(row.get(5))).toList());
    }

    static List<List<Object>> rows(int count) {
        Random random = new Random(count);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = random.nextInt(3) == 0 ? "a long text that has the number " + (i / 3) : "short " + i % 7;
            rows.add(Arrays.asList(
                    random.nextInt(5) == 0 ? null : (Object) random.nextBoolean(),
                    i > 3000 && i < 5000 ? null : random.nextInt(1 << random.nextInt(1, 31)),
                    i * 1_000_003L,
                    random.nextInt(3) == 0 ? null : random.nextGaussian(),
                    random.nextInt(3) == 0 ? null : (double) random.nextFloat(),
                    random.nextInt(10) == 0 ? null : text,
                    "code " + i % 100 + (i % 50 == 0 ? " with something more behind it" : "")));
        }
        return rows;
    }

    static void write(
            Path path,
            MessageType type,
            List<List<Object>> rows,
            WriterVersion version,
            boolean dictionary,
            CompressionCodecName codec)
            throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new PageCompressors())
                .withType(type)
                .withWriterVersion(version)
                .withDictionaryEncoding(dictionary)
                .withCompressionCodec(codec)
                .withPageSize(8 << 10)
                .withDictionaryPageSize(16 << 10)
                .withMinRowCountForPageSizeCheck(10)
                .withRowGroupRowCountLimit(4500)
                .build()) {
            for (List<Object> row : rows) {
                writer.write(group(type, row));
            }
        }
    }

    private static Group group(MessageType type, List<Object> row) {
        Group group = new SimpleGroup(type);
        for (int c = 0; c < row.size(); c++) {
            boolean isSingle = type.getType(c).isPrimitive() && type.getType(c).getName().equals("single");
            switch (row.get(c)) {
                case null -> {}
                case Boolean value -> group.add(c, value);
                case Integer value -> group.add(c, value);
                case Long value -> group.add(c, value);
                case Double value when isSingle -> group.add(c, value.floatValue());
                case Double value -> group.add(c, value);
                case NanoTime value -> group.add(c, value);
                case String value -> group.add(c, value);
                default -> throw new IllegalArgumentException("no column for " + row.get(c));
            }
        }
        return group;
    }

    /// Written by pyarrow 25: encodings and codecs that parquet-java does not choose.
    @ParameterizedTest
    @ValueSource(strings = {"v1-gzip", "v1-lz4", "v1-snappy", "v1-zstd", "v2-gzip", "v2-lz4", "v2-snappy", "v2-zstd"})
    void readsWhatPyarrowWrites(String name) throws URISyntaxException {
        Path path = Path.of(getClass().getResource("/foreign/encodings-" + name + ".parquet").toURI());
        List<List<Object>> rows = Scans.rows(ParquetSource.open(path.toString()));
        assertThat(rows).hasSize(3000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo(Arrays.asList(
                    i % 7 == 0 ? null : (int) ((i * 2_654_435_761L & 0xFFFFFFFFL) - (1L << 31)),
                    (long) i * i * 1_000_003 - 5,
                    i % 11 == 0 ? null : i % 2 == 0 ? "short " + i : "a text that is longer than a view " + i,
                    i % 13 == 0 ? null : "a common beginning %06d".formatted(i / 3),
                    i % 5 == 0 ? null : i / 8.0,
                    i / 4.0,
                    i % 3 == 0));
        }
    }

    /// A batch with rows of several pages has the long texts of its dictionary once.
    @Test
    void longTextsOfADictionaryAreTheSameBesideThoseOfOtherPages() throws IOException {
        Path path = Files.write(folder.resolve("repeated.parquet"), ParquetMultiples.repeatedText(100, 1101));
        List<List<Object>> rows = Scans.rows(ParquetSource.open(path.toString()));
        assertThat(rows).hasSize(1101);
        for (int row = 0; row < 1101; row++) {
            assertThat(rows.get(row)).as("row %d", row).isEqualTo(List.of(row == 1000 ? "y" : "x".repeat(100)));
        }
    }

    /// What lies before a piece is passed over in every encoding.
    @ParameterizedTest
    @ValueSource(strings = {"v1-gzip", "v1-lz4", "v1-snappy", "v1-zstd", "v2-gzip", "v2-lz4", "v2-snappy", "v2-zstd"})
    void readsWhatPyarrowWritesInPieces(String name) throws URISyntaxException {
        Path path = Path.of(getClass().getResource("/foreign/encodings-" + name + ".parquet").toURI());
        ParquetSource source = ParquetSource.open(path.toString());
        Random random = new Random(7);
        List<ParquetSplit> pieces = new ArrayList<>();
        List<RowGroup> groups = source.files().getFirst().rowGroups();
        for (int group = 0; group < groups.size(); group++) {
            for (long start = 0; start < groups.get(group).rowCount();) {
                long end = Math.min(groups.get(group).rowCount(), start + 1 + random.nextInt(700));
                pieces.add(new ParquetSplit(List.of(
                        new ParquetSplit.Part(0, List.of(new ParquetSplit.Piece(group, start, end))))));
                start = end;
            }
        }
        assertThat(Scans.rows(source, Scans.request(List.of(0, 1, 2, 3, 4, 5, 6)), pieces))
                .isEqualTo(Scans.rows(source));
    }

    @Test
    void typesThatWeDoNotWriteAreConverted() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(
                """
                message table {
                  optional int32 tiny (INTEGER(8,true));
                  optional int32 unsigned16 (INTEGER(16,false));
                  optional int32 unsigned32 (INTEGER(32,false));
                  optional int32 day (DATE);
                  optional int64 millis (TIMESTAMP(MILLIS,true));
                  optional int64 micros (TIMESTAMP(MICROS,false));
                  optional int64 nanos (TIMESTAMP(NANOS,false));
                  optional int96 impala;
                  optional binary kind (ENUM);
                  optional binary json (JSON);
                }
                """);
        List<Object> stored =
                Arrays.asList(-7, 65535, -1, 19_000, -1L, 5L, -1L, new NanoTime(2_440_589, 1_234_567), "BIG", "{}");
        Path path = folder.resolve("types.parquet");
        List<List<Object>> rows = List.of(stored, Arrays.asList(new Object[10]));
        write(path, type, rows, WriterVersion.PARQUET_1_0, true, CompressionCodecName.SNAPPY);
        ParquetSource source = ParquetSource.open(path.toString());
        assertThat(source.schema().types()).containsExactly(
                DataType.INT, DataType.INT, DataType.LONG, DataType.DATE, DataType.TIMESTAMP, DataType.TIMESTAMP,
                DataType.TIMESTAMP, DataType.TIMESTAMP, DataType.UTF8, DataType.UTF8);
        assertThat(Scans.rows(source)).containsExactly(
                Arrays.asList(-7, 65535, 4_294_967_295L, 19_000, -1000L, 5L, -1L, 86_400_001_234L, "BIG", "{}"),
                Arrays.asList(new Object[10]));
    }

    @Test
    void columnsThatCannotBeReadAreLeftOutWithAReason() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(
                """
                message table {
                  optional int32 before;
                  optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
                  optional group point { required double x; required double y; }
                  repeated int32 numbers;
                  optional binary document (BSON);
                  optional fixed_len_byte_array(16) price (DECIMAL(38,2));
                  optional fixed_len_byte_array(17) odd (DECIMAL(10,2));
                  optional int64 huge (INTEGER(64,false));
                  optional fixed_len_byte_array(12) span (INTERVAL);
                  optional int32 after;
                }
                """);
        Path path = folder.resolve("nested.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new PageCompressors())
                .withType(type)
                .build()) {
            Group group = new SimpleGroup(type);
            group.add("before", 1);
            group.addGroup("point").append("x", 1.0).append("y", 2.0);
            group.add("numbers", 5);
            group.add("numbers", 6);
            group.add("after", 2);
            writer.write(group);
        }
        ParquetSource source = ParquetSource.open(path.toString());
        assertThat(source.schema().names()).containsExactly("before", "huge", "after");
        assertThat(Scans.rows(source)).containsExactly(Arrays.asList(1, null, 2));
        assertThat(source.skippedColumns().toString()).isEqualTo(
                "{document=type BSON in BYTE_ARRAY, numbers=nested, odd=type DECIMAL(10, 2) in FIXED_LEN_BYTE_ARRAY of 17 bytes, point=nested, price=type DECIMAL(38, 2) in FIXED_LEN_BYTE_ARRAY of 16 bytes, more than 18 digits (cast it to DECIMAL(18, 2) or DOUBLE where it is written), span=type INTERVAL in FIXED_LEN_BYTE_ARRAY of 12 bytes, tags=nested}");
    }

    @Test
    void aFileWithoutReadableColumnsIsRefused() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType("message table { repeated int32 numbers; }");
        Path path = folder.resolve("nested.parquet");
        write(path, type, List.of(), WriterVersion.PARQUET_1_0, true, CompressionCodecName.SNAPPY);
        assertThatThrownBy(() -> ParquetSource.open(path.toString()))
                .hasMessage("Parquet file '" + path
                        + "' has no column that can be read: {numbers=nested}. Write it with flat columns of simple types.");
    }
}

package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.parquet.SchemaElement.DecimalDigits;
import io.lazuli.dataframe.internal.parquet.SchemaElement.Repetition;
import io.lazuli.dataframe.internal.source.ColumnRange;
import io.lazuli.dataframe.internal.source.Mutations;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Decimals and bytes in every form and encoding in which other programs write them.
public class ForeignTypesTest {
    private static final long MOST = 999_999_999_999_999_999L;
    private static final MessageType TABLE = MessageTypeParser.parseMessageType(
            """
            message table {
              optional int32 narrow (DECIMAL(9,2));
              required int64 wide (DECIMAL(18,4));
              optional fixed_len_byte_array(1) tiny (DECIMAL(2,1));
              optional fixed_len_byte_array(5) five (DECIMAL(10,0));
              required fixed_len_byte_array(8) eight (DECIMAL(18,18));
              optional fixed_len_byte_array(16) sixteen (DECIMAL(18,2));
              optional binary free (DECIMAL(18,2));
              optional binary raw;
              optional fixed_len_byte_array(3) code;
              required fixed_len_byte_array(16) id (UUID);
              optional fixed_len_byte_array(2) half (FLOAT16);
            }
            """);
    private static final int ROWS = 5000;

    @TempDir
    private Path folder;

    static Stream<Arguments> settings() {
        return Stream.of(WriterVersion.values())
                .flatMap(version -> Stream.of("dictionary", "plain", "split")
                        .map(encoding -> Arguments.of(version, encoding)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyFormIsReadInEveryEncoding(WriterVersion version, String encoding) throws IOException {
        for (boolean repeats : new boolean[] {true, false}) {
            Path path = folder.resolve(repeats + ".parquet");
            write(path, version, encoding, repeats);
            ParquetSource source = ParquetSource.open(path.toString());
            assertThat(source.skippedColumns()).isEmpty();
            assertThat(source.schema().types()).containsExactly(
                    DataType.decimal(9, 2), DataType.decimal(18, 4), DataType.decimal(2, 1), DataType.decimal(10, 0),
                    DataType.decimal(18, 18), DataType.decimal(18, 2), DataType.decimal(18, 2), DataType.BINARY,
                    DataType.BINARY, DataType.BINARY, DataType.FLOAT64);
            List<List<Object>> rows = Scans.rows(source);
            assertThat(rows).hasSize(ROWS);
            for (int i = 0; i < ROWS; i++) {
                assertThat(rows.get(i)).isEqualTo(row(i, repeats));
            }
        }
    }

    /// Values as they are in our columns.
    private static List<Object> row(int i, boolean repeats) {
        int n = repeats ? i % 30 : i;
        long sign = (n + n / 10) % 2 == 0 ? 1 : -1;
        long extreme = n % 10 == 3 ? sign * MOST : n % 10 == 4 ? 0 : sign * n * 1_000_003L;
        boolean isNull = i % 7 == 5;
        return Arrays.asList(
                isNull ? null : n % 10 == 3 ? sign * 999_999_999 : sign * n * 1000,
                extreme,
                isNull ? null : n % 10 == 3 ? sign * 99 : sign * (n % 100),
                isNull ? null : n % 10 == 3 ? sign * 9_999_999_999L : sign * n * 1000,
                -extreme,
                isNull ? null : extreme,
                isNull ? null : extreme,
                isNull ? null : bytes("\u00ff\u0000".repeat(n % 9) + n),
                isNull ? null : bytes("%03d".formatted(n % 1000).replace('0', '\u0080')),
                bytes("%08d\u0000\u00fe\u0001\u0002\u0003\u0004\u0005\u0006".formatted(n)),
                isNull ? null : (double) Float.float16ToFloat((short) (n % 20_000)));
    }

    /// Bytes, each given as a character.
    public static Object bytes(String characters) {
        return TestColumns.bytes(characters.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void write(Path path, WriterVersion version, String encoding, boolean repeats) throws IOException {
        ExampleParquetWriter.Builder builder = builder(path, TABLE)
                .withWriterVersion(version)
                .withDictionaryEncoding(encoding.equals("dictionary"))
                .withPageSize(8 << 10)
                .withMinRowCountForPageSizeCheck(10)
                .withRowGroupRowCountLimit(4500);
        for (int c = 0; c < TABLE.getFieldCount() && encoding.equals("split"); c++) {
            PrimitiveType type = TABLE.getType(c).asPrimitiveType();
            boolean hasWidth = type.getPrimitiveTypeName() != PrimitiveType.PrimitiveTypeName.BINARY;
            builder = builder.withByteStreamSplitEncoding(type.getName(), hasWidth);
        }
        try (ParquetWriter<Group> writer = builder.build()) {
            for (int i = 0; i < ROWS; i++) {
                writer.write(group(row(i, repeats)));
            }
        }
    }

    private static ExampleParquetWriter.Builder builder(Path path, MessageType type) {
        return ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new PageCompressors())
                .withType(type);
    }

    /// Adds a decimal, in the form that its column has.
    private static Group add(Group group, int column, long value) {
        PrimitiveType type = group.getType().getType(column).asPrimitiveType();
        switch (type.getPrimitiveTypeName()) {
            case INT32 -> group.add(column, (int) value);
            case INT64 -> group.add(column, value);
            default -> group.add(column, Binary.fromConstantByteArray(bigEndian(value, type.getTypeLength())));
        }
        return group;
    }

    private static Group group(List<Object> row) {
        Group group = new SimpleGroup(TABLE);
        for (int c = 0; c < row.size(); c++) {
            switch (row.get(c)) {
                case null -> {}
                case Long value -> add(group, c, value);
                case Double value -> {
                    short bits = Float.floatToFloat16(value.floatValue());
                    group.add(c, Binary.fromConstantByteArray(new byte[] {(byte) bits, (byte) (bits >> 8)}));
                }
                case Object value -> group.add(c, Binary.fromConstantByteArray(TestColumns.toBytes(value)));
            }
        }
        return group;
    }

    /// As few bytes as it needs where `length` is 0.
    private static byte[] bigEndian(long value, int length) {
        byte[] least = BigInteger.valueOf(value).toByteArray();
        byte[] bytes = new byte[Math.max(length, least.length)];
        Arrays.fill(bytes, (byte) (value >> 63));
        System.arraycopy(least, 0, bytes, bytes.length - least.length, least.length);
        return bytes;
    }

    /// Ascending numbers in five row groups of many pages.
    @ParameterizedTest
    @ValueSource(strings = {"int32", "int64", "fixed_len_byte_array(7)", "fixed_len_byte_array(16)"})
    void boundsOfDecimalsRuleOutRowGroupsAndPages(String physical) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(
                "message t { required %s d (DECIMAL(9,2)); }".formatted(physical));
        Path path = folder.resolve("ascending.parquet");
        try (ParquetWriter<Group> writer = builder(path, type)
                .withPageRowCountLimit(100)
                .withRowGroupRowCountLimit(1000)
                .build()) {
            for (long i = -2500; i < 2500; i++) {
                writer.write(add(new SimpleGroup(type), 0, i * 1000));
            }
        }
        ParquetSource source = ParquetSource.open(path.toString());
        assertThat(source.range(0)).contains(
                new ColumnRange(Optional.of(-2_500_000L), Optional.of(2_499_000L), 0, false));
        assertThat(rowsWhere(source, 0, CompareOperator.GE, 2_450_000L)).hasSize(100).endsWith(List.of(2_499_000L));
        assertThat(rowsWhere(source, 0, CompareOperator.LT, -2_310_000L)).hasSize(200).startsWith(List.of(-2_500_000L));
        assertThat(rowsWhere(source, 0, CompareOperator.EQ, -1000L)).hasSize(100).contains(List.of(-1000L));
        assertThat(rowsWhere(source, 0, CompareOperator.GT, 2_499_000L)).isEmpty();
    }

    private static List<List<Object>> rowsWhere(
            ParquetSource source, int column, CompareOperator operator, Object value) {
        DataType type = source.schema().field(column).type();
        BoundExpr predicate = new BoundExpr.Compare(
                operator, new BoundExpr.Input(0, type), new BoundExpr.Literal(type, Optional.of(value)));
        var request = Scans.request(List.of(column), predicate);
        return Scans.rows(source, request, source.splits(request));
    }

    @Test
    void boundsAreThoseOfTheValues() throws IOException {
        Path path = folder.resolve("bounds.parquet");
        write(path, WriterVersion.PARQUET_2_0, "plain", false);
        var group = ParquetSource.open(path.toString()).files().getFirst().rowGroups().getFirst();
        List<Long> greatest = List.of(999_999_999L, MOST, 99L, 9_999_999_999L, MOST, MOST);
        for (int c = 0; c < greatest.size(); c++) {
            assertThat(group.chunks().get(c).range().least()).as("column %d", c).contains(-greatest.get(c));
            assertThat(group.chunks().get(c).range().greatest()).as("column %d", c).contains(greatest.get(c));
        }
        for (int c = greatest.size(); c < TABLE.getFieldCount() - 1; c++) {
            assertThat(group.chunks().get(c).range().least()).as("column %d", c).isEmpty();
        }
    }

    /// Old files have the digits beside the converted type.
    @Test
    void convertedTypesAreDecimalsToo() {
        assertThat(form(PhysicalType.INT32, 0, 5, new DecimalDigits(7, 3)))
                .contains(StoredForm.of(StoredKind.WIDENED, DataType.decimal(7, 3), 0));
        assertThat(form(PhysicalType.FIXED_LEN_BYTE_ARRAY, 6, 5, new DecimalDigits(12, 0)))
                .contains(StoredForm.of(StoredKind.FIXED_BIG_ENDIAN, DataType.decimal(12, 0), 6));
        assertThat(form(PhysicalType.INT64, 0, 8, DecimalDigits.NONE))
                .contains(StoredForm.of(StoredKind.INT64, DataType.DURATION, 0));
        assertThat(form(PhysicalType.INT64, 0, 5, new DecimalDigits(19, 3))).isEmpty();
        assertThat(form(PhysicalType.INT64, 0, 5, new DecimalDigits(3, 5))).isEmpty();
        assertThat(form(PhysicalType.INT64, 0, 5, DecimalDigits.NONE)).isEmpty();
        assertThat(form(PhysicalType.DOUBLE, 0, 5, new DecimalDigits(7, 3))).isEmpty();
        assertThat(form(PhysicalType.FIXED_LEN_BYTE_ARRAY, 0, -1, DecimalDigits.NONE)).isEmpty();
        assertThat(form(PhysicalType.FIXED_LEN_BYTE_ARRAY, 0, 5, new DecimalDigits(7, 3))).isEmpty();
        assertThat(form(PhysicalType.BYTE_ARRAY, 0, 20, DecimalDigits.NONE)).isEmpty();
    }

    private static Optional<StoredForm> form(PhysicalType physical, int length, int converted, DecimalDigits digits) {
        return StoredForms.of(new SchemaElement(
                "x", Optional.of(physical), length, Repetition.OPTIONAL, 0, converted, digits, Optional.empty()));
    }

    /// The note says more than Parquet does, but is no part of it.
    @Test
    void aNoteThatMakesNoSenseIsNone() {
        for (String note : List.of("", "#", "/////wAAAAA=", "/////3gAAAAQAAAAAAAKAA4ABgAFAAgACgAAAAABBA==")) {
            assertThat(DurationUnits.read(note)).isEqualTo(DurationUnits.NONE);
        }
        Schema schema = Schema.of(new Field("d", DataType.DURATION), new Field("n", DataType.LONG));
        assertThat(DurationUnits.read(DurationUnits.write(schema)).units()).isEqualTo(Map.of("d", ChronoUnit.MICROS));
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(ForeignTypesTest.class.getResource("/foreign/" + name + ".parquet").toURI());
    }

    /// Written by pyarrow 25, with durations in all units, which are INT64 to Parquet.
    @ParameterizedTest
    @ValueSource(strings = {"bytes-integers", "bytes-fixed"})
    void typesOfPyarrowAreRead(String name) throws URISyntaxException {
        ParquetSource source = ParquetSource.open(resource(name).toString());
        assertThat(source.schema().toString()).isEqualTo(
                "[d32: decimal(9, 2), d64: decimal(18, 4), d128: decimal(18, 0), d256: decimal(7, 7), sec: DURATION, ms: DURATION, us: DURATION, ns: DURATION, t32s: DURATION, t32ms: DURATION, t64us: DURATION, t64ns: DURATION, half: FLOAT64, raw: BINARY, large: BINARY, fixed3: BINARY, fixed16: BINARY]");
        assertThat(source.skippedColumns()).containsOnlyKeys("wide");
        assertThat(source.range(1)).map(ColumnRange::greatest)
                .contains(Optional.of(56 * 16_666_666_666_666_666L));
        assertThat(source.range(12)).map(ColumnRange::least).contains(Optional.of(-7.0));
        List<List<Object>> rows = Scans.rows(source);
        assertThat(rows).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(rows.get(i)).isEqualTo(pyarrowRow(i));
        }
    }

    /// Also what `bytes.arrow` has, in these columns.
    public static List<Object> pyarrowRow(int i) {
        if (i % 5 == 3) {
            return new ArrayList<>(Arrays.asList(new Object[17]));
        }
        long sign = i % 2 == 0 ? 1 : -1;
        long micros = (i - 30) * 1_000_000L;
        long time = ((i % 24 * 60 + i) * 60 + 59) * 1_000_000L;
        return new ArrayList<>(Arrays.asList(
                sign * i * 1_000_003, sign * i * 16_666_666_666_666_666L, sign * i * 16_949_152_542_372_881L,
                sign * i * 166_666, micros, micros, micros, micros, time, time + i * 1000, time + i * 1001,
                time + i * 1001, i / 4.0 - 7, bytes(("\u00ff\u0000" + (char) i).repeat(i % 7)),
                bytes(((char) i + "\u00fe").repeat(i % 11)), bytes(fixed(i, 3)), bytes(fixed(i, 16))));
    }

    private static String fixed(int i, int width) {
        StringBuilder bytes = new StringBuilder();
        for (int k = 0; k < width; k++) {
            bytes.append((char) ((i * 31 + k) % 256));
        }
        return bytes.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes-integers", "bytes-fixed"})
    void damagedFilesReadOrAreRefused(String name) throws IOException, URISyntaxException {
        Path path = Files.copy(resource(name), folder.resolve("pyarrow.parquet"));
        assertThat(Mutations.read(path, 400, 4000, ParquetSource::open)).isBetween(80, 400);
    }

    @Test
    void valuesBeyondTheDigitsOfTheirTypeAreDamage() throws IOException {
        MessageType type = MessageTypeParser.parseMessageType("message t { required int64 price (DECIMAL(12,2)); }");
        Path path = folder.resolve("beyond.parquet");
        try (ParquetWriter<Group> writer = builder(path, type).build()) {
            writer.write(new SimpleGroup(type).append("price", 1_000_000_000_000L));
        }
        assertThatThrownBy(() -> Scans.rows(ParquetSource.open(path.toString()))).hasMessage(
                "Parquet file '" + path
                        + "' is damaged in column 'price' of row group 0, page 0: a value has more digits than decimal(12, 2) holds. Write the file again, or leave the column out with select(...).");
    }
}

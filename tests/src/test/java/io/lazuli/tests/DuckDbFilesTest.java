package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Explain;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions.Compression;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Decimals, bytes and times in files of DuckDB, and in files that we make of them: nothing is lost there and back.
class DuckDbFilesTest {
    private static final int ROWS = 10_000;

    @TempDir
    Path folder;

    private Engine engine;
    private DuckDb oracle;

    @BeforeEach
    void open() throws SQLException {
        engine = HostileFiles.engine(folder, 128 << 20);
        oracle = new DuckDb();
    }

    @AfterEach
    void close() throws SQLException {
        oracle.close();
        HostileFiles.assertNothingHeld(engine, folder);
        engine.close();
    }

    private Path file(String name) {
        return folder.resolve(name + ".parquet");
    }

    private DataFrame read(String name) {
        return DataFrame.readParquet(file(name).toString()).withEngine(engine);
    }

    /// @param distinct values of a column, at most
    private void write(String version, int distinct) throws SQLException {
        oracle.run(
                """
                COPY (
                    SELECT i::INTEGER AS i,
                        if(i %% 7 = 0, NULL, (n * 37 %% 1999 - 999)::DECIMAL(9, 0) * 0.1)::DECIMAL(4, 1) AS d4,
                        CASE WHEN i %% 7 = 1 THEN NULL WHEN i %% 99 = 2 THEN 9999999.99 WHEN i %% 99 = 4 THEN -9999999.99
                             ELSE (n * 7919 %% 1999999 - 999999)::DECIMAL(9, 0) * 0.01 END::DECIMAL(9, 2) AS d9,
                        CASE WHEN i %% 7 = 2 THEN NULL WHEN i %% 99 = 5 THEN 999999999999.999999
                             WHEN i %% 99 = 6 THEN -999999999999.999999
                             ELSE (n * 1000003 - 5000000000)::DECIMAL(12, 0) * 0.000001 END::DECIMAL(18, 6) AS d18,
                        (n - 5000)::DECIMAL(18, 0) AS whole,
                        (n * -3)::DECIMAL(38, 2) AS wide,
                        if(i %% 5 = 0, NULL, unhex('FF00' || repeat('C3', (n %% 9)::INTEGER)) || n::VARCHAR::BLOB) AS raw,
                        if(i %% 5 = 1, NULL, md5(n::VARCHAR)::UUID) AS id,
                        TIME '00:00:00' + to_microseconds(n * 1000003) AS t,
                        to_days(n::INTEGER) AS span
                    FROM (SELECT i, i %% %d AS n FROM range(%d) r(i))
                ) TO '%s' (FORMAT parquet, PARQUET_VERSION '%s', ROW_GROUP_SIZE 2048)
                """
                        .formatted(distinct, ROWS, file("theirs"), version));
    }

    static Stream<Arguments> settings() {
        return Stream.of("V1", "V2").flatMap(version -> Stream.of(30, ROWS)
                .flatMap(distinct -> Stream.of(true, false)
                        .map(dictionary -> Arguments.of(version, distinct, dictionary))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nothingIsLostThereAndBack(String version, int distinct, boolean dictionary) throws SQLException {
        write(version, distinct);
        DataFrame frame = read("theirs");
        assertThat(frame.schema().names()).containsExactly("i", "d4", "d9", "d18", "whole", "raw", "id", "t");
        assertThat(frame.schema().types()).containsExactly(
                DataType.INT, DataType.decimal(4, 1), DataType.decimal(9, 2), DataType.decimal(18, 6),
                DataType.decimal(18, 0), DataType.BINARY, DataType.BINARY, DataType.DURATION);
        frame.writeParquet(file("ours").toString(), ParquetWriteOptions.DEFAULTS
                .withDictionary(dictionary).withCompression(dictionary ? Compression.SNAPPY : Compression.ZSTD));
        String columns = "i, d4, d9, d18, whole, raw";
        assertThat(missing("theirs", "ours", columns)).isZero();
        assertThat(missing("ours", "theirs", columns)).isZero();
        assertThat(
                oracle.rows("SELECT column_type FROM (DESCRIBE SELECT %s FROM '%s')".formatted(columns, file("ours"))))
                .containsExactly(List.of("INTEGER"), List.of("DECIMAL(4,1)"), List.of("DECIMAL(9,2)"),
                        List.of("DECIMAL(18,6)"), List.of("DECIMAL(18,0)"), List.of("BLOB"));
        assertThat(oracle.rows(
                """
                SELECT count(*), count(*) FILTER (lower(hex(o.id)) IS DISTINCT FROM replace(t.id::VARCHAR, '-', '')),
                    count(*) FILTER (TIME '00:00:00' + to_microseconds(o.t) IS DISTINCT FROM t.t)
                FROM '%s' o JOIN '%s' t USING (i)
                """
                        .formatted(file("ours"), file("theirs"))))
                .containsExactly(List.of((long) ROWS, 0L, 0L));
    }

    private long missing(String from, String in, String columns) throws SQLException {
        String sql = "SELECT count(*) FROM (SELECT %s FROM '%s' EXCEPT ALL SELECT %s FROM '%s')"
                .formatted(columns, file(from), columns, file(in));
        return (Long) oracle.rows(sql).getFirst().getFirst();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void filtersFindTheSameRows(String version, int distinct, boolean dictionary) throws SQLException {
        write(version, distinct);
        read("theirs").writeParquet(file("ours").toString(), ParquetWriteOptions.DEFAULTS
                .withRowGroupRows(2000).withDictionary(dictionary));
        Map<String, Expr> conditions = Map.of(
                "d4 > 12.5", col("d4").gt(lit(new BigDecimal("12.5"))),
                "d9 = -9999999.99", col("d9").eq(lit(new BigDecimal("-9999999.99"))),
                "d9 >= 9999999.99", col("d9").ge(lit(new BigDecimal("9999999.99"))),
                "d18 < -999999999999.99", col("d18").lt(lit(new BigDecimal("-999999999999.99"))),
                "whole BETWEEN -4990 AND -4980", col("whole").between(lit(-4990), lit(-4980)),
                "d18 IS NULL", col("d18").isNull(),
                "raw IS NOT NULL AND d9 <> 0.01",
                col("raw").isNotNull().and(col("d9").ne(lit(new BigDecimal("0.01")))));
        for (Map.Entry<String, Expr> condition : conditions.entrySet()) {
            Object expected = oracle.rows("SELECT count(*) FROM '%s' WHERE %s".formatted(file("theirs"),
                    condition.getKey())).getFirst().getFirst();
            for (String name : List.of("theirs", "ours")) {
                assertThat(read(name).filter(condition.getValue()).count()).as("%s of %s", condition.getKey(), name)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void boundsOfDecimalsLeaveRowGroupsUnread() throws SQLException {
        write("V1", ROWS);
        read("theirs").writeParquet(file("ours").toString(), ParquetWriteOptions.DEFAULTS.withRowGroupRows(2000));
        for (String name : List.of("theirs", "ours")) {
            String measured = read(name).filter(col("whole").lt(lit(new BigDecimal("-4990"))))
                    .explain(Explain.ANALYZE);
            assertThat(measured.lines().filter(line -> line.contains("scan ")).findFirst().orElseThrow())
                    .as(measured).doesNotContain("10,000").contains("2,0");
        }
    }

    @Test
    void aDecimalOfTooManyDigitsIsRefusedWhereItIsUsed() throws SQLException {
        write("V1", 30);
        assertThatThrownBy(() -> read("theirs").select("wide"))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage(
                        "Column 'wide' of the scan of theirs.parquet cannot be read: it is type DECIMAL(38, 2) in FIXED_LEN_BYTE_ARRAY of 16 bytes, more than 18 digits (cast it to DECIMAL(18, 2) or DOUBLE where it is written). Select other columns, or write the data with a flat, simple type.");
        assertThatThrownBy(() -> read("theirs").select("span")).hasMessageContaining(
                "it is type INTERVAL in FIXED_LEN_BYTE_ARRAY of 12 bytes.");
    }

    @Test
    void aStreamOfArrowCarriesThemAll() throws SQLException {
        write("V2", ROWS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        read("theirs").toArrow(bytes);
        DataFrame received = DataFrame.fromArrow(new ByteArrayInputStream(bytes.toByteArray())).withEngine(engine);
        assertThat(received.schema()).isEqualTo(read("theirs").schema());
        assertThat(received).hasToString("DataFrame.fromArrow(in)");
        received.writeParquet(file("ours").toString());
        String columns = "i, d4, d9, d18, whole, raw";
        assertThat(missing("theirs", "ours", columns)).isZero();
        assertThat(missing("ours", "theirs", columns)).isZero();
    }

    @Test
    void durationsComeBackAndAreNumbersToOthers() throws SQLException {
        write("V1", 30);
        read("theirs").select(col("i"), col("t").minus(lit(Duration.ofHours(1))).as("t"))
                .writeParquet(file("ours").toString());
        assertThat(read("ours").schema().types()).containsExactly(DataType.INT, DataType.DURATION);
        assertThat(oracle.rows("SELECT typeof(t), t FROM '%s' WHERE i = 1".formatted(file("ours"))))
                .containsExactly(List.of("BIGINT", 1_000_003 - 3_600_000_000L));
    }
}

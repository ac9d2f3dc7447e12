package io.lazuli.dataframe.internal.tablesaw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

class TableBuilderTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final TestColumns columns = TestColumns.open();

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        columns.close();
    }

    private Table table(DataType type, Object... values) {
        TableBuilder builder = new TableBuilder(Schema.of(new Field("x", type)), NO_LIMIT);
        builder.append(columns.batch(columns.of(type, values)));
        return builder.build("t");
    }

    private static List<Object> values(Table table) {
        return Arrays.asList(table.column(0).isMissing(1), table.column(0).countMissing(), table.get(0, 0),
                table.get(2, 0));
    }

    @Test
    void nullsOfEveryTypeAreMissing() {
        assertThat(values(table(DataType.BOOL, true, null, false))).containsExactly(true, 1, true, false);
        assertThat(values(table(DataType.INT, 1, null, Integer.MAX_VALUE))).containsExactly(true, 1, 1,
                Integer.MAX_VALUE);
        assertThat(values(table(DataType.LONG, 1L, null, Long.MAX_VALUE))).containsExactly(true, 1, 1L, Long.MAX_VALUE);
        assertThat(values(table(DataType.FLOAT64, 0.5, null, -0.0))).containsExactly(true, 1, 0.5, -0.0);
        assertThat(values(table(DataType.UTF8, "short", null, "longer than a view, and ünïcödé")))
                .containsExactly(true, 1, "short", "longer than a view, and ünïcödé");
        assertThat(values(table(DataType.DATE, 0, null, -719_162)))
                .containsExactly(true, 1, LocalDate.EPOCH, LocalDate.of(1, 1, 1));
        assertThat(values(table(DataType.TIMESTAMP, 0L, null, -1_000L)))
                .containsExactly(true, 1, LocalDateTime.of(1970, 1, 1, 0, 0),
                        LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000));
    }

    @Test
    void nullAndNaNLookAlikeAsDoNullAndEmptyText() {
        assertThat(table(DataType.FLOAT64, Double.NaN, null, 1.0).column(0).countMissing()).isEqualTo(2);
        assertThat(table(DataType.UTF8, "", null, "x").column(0).countMissing()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            textBlock = """
                    INT, -2147483648, -2147483648, it stands for a missing value there, LONG
                    LONG, -9223372036854775808, -9223372036854775808, it stands for a missing value there, UTF8
                    DATE, 2147483647, +5881580-07-11, 'its years end at 32,767', UTF8
                    TIMESTAMP, 9223372036854775000, +294247-01-10T04:00:54.775, 'its years end at 32,767', UTF8
                    TIMESTAMP, 1500, 1970-01-01T00:00:00.001500, its times end at milliseconds, UTF8
                    """)
    void whatTablesawHasNoRoomForIsRefused(DataType.Simple type, long value, String shown, String reason, String cast) {
        boolean isInt = type == DataType.INT || type == DataType.DATE;

        assertThatThrownBy(() -> table(type, isInt ? (Object) (int) value : (Object) value))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessage(
                        "A Tablesaw table cannot carry the value %s of column 'x' (%s): %s. Cast the column with .cast(DataType.%s)"
                                + " before, keep the result in the engine with persist(), or write it with writeParquet(...) or"
                                + " writeCsv(...); compute() and stream() both end in such tables.",
                        shown, type, reason, cast);
    }

    @Test
    void garbageInNullRowsIsNotLookedAt() {
        Table table = table(DataType.INT, 7, null, 8);

        assertThat(table.intColumn(0).sum()).isEqualTo(15);
    }

    @Test
    void batchesFollowEachOther() {
        TableBuilder builder =
                new TableBuilder(Schema.of(new Field("x", DataType.LONG), new Field("y", DataType.UTF8)), NO_LIMIT);
        builder.append(columns.batch(columns.of(DataType.LONG, 1L), columns.of(DataType.UTF8, "a")));
        builder.append(columns.batch(columns.of(DataType.LONG, 2L, 3L), columns.of(DataType.UTF8, "b", null)));

        assertThat(builder.build("t").print()).isEqualTo(Table.create(
                "t",
                tech.tablesaw.api.LongColumn.create("x", 1, 2, 3),
                tech.tablesaw.api.StringColumn.create("y", "a", "b", ""))
                .print());
    }

    @Test
    void aResultBeyondTheLimitIsRefusedBeforeItIsCopied() {
        TableBuilder builder = new TableBuilder(Schema.of(new Field("x", DataType.LONG)), 1000);
        Column column = columns.of(DataType.LONG, Arrays.asList(new Long[126]));

        assertThatThrownBy(() -> builder.append(columns.batch(column)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessage(
                        "compute() stopped: the result has at least 1,008 bytes, the limit is a quarter of the heap, 1,000 bytes."
                                + " Keep it in the engine with persist(), take it piece by piece with stream(), write it with"
                                + " writeParquet(...) or writeCsv(...), or give the JVM a larger heap.");
    }
}

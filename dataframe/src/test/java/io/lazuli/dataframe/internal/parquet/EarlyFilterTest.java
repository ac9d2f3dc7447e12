package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows in no order of `id`, so that no statistics help.
class EarlyFilterTest {
    private static final int ROWS = 30 * Batch.ROWS + 17;
    private static final Schema SCHEMA = Schema.of(
            new Field("text", DataType.UTF8), new Field("id", DataType.LONG), new Field("n", DataType.INT));

    @TempDir
    private static Path folder;

    private static List<List<Object>> rows = List.of();

    @BeforeAll
    static void write() {
        Random random = new Random(7);
        rows = IntStream.range(0, ROWS)
                .mapToObj(i -> Arrays.<Object>asList(
                        random.nextInt(9) == 0 ? null : "a text of row %d that is no view".formatted(i),
                        random.nextInt(5) == 0 ? null : (Object) random.nextLong(1_000_000), i))
                .toList();
        ParquetWriteOptions options = ParquetWriteOptions.DEFAULTS.withRowGroupRows(50_000);
        Scans.write(ParquetTableWriter.create(folder.resolve("t.parquet").toString(), SCHEMA, options), SCHEMA, rows,
                10_000);
    }

    /// @param columns of which the second is the id
    private static List<List<Object>> read(List<Integer> columns, BoundExpr predicate) {
        ParquetSource source = ParquetSource.open(folder.resolve("t.parquet").toString());
        ScanRequest request = Scans.request(columns, predicate);
        return Scans.rows(source, request, source.splits(request));
    }

    private static BoundExpr id(CompareOperator operator, long value) {
        return new Compare(
                operator, new Input(1, DataType.LONG), new Literal(DataType.LONG, Optional.of(value)));
    }

    private static List<List<Object>> having(List<List<Object>> some, long id) {
        return some.stream().filter(row -> row.get(1) != null && (Long) row.get(1) == id).toList();
    }

    @Test
    void onlyBatchesWithMatchesAreRead() {
        long first = (Long) rows.stream().filter(row -> row.get(1) != null).findFirst().orElseThrow().get(1);
        long last = (Long) rows.reversed().stream().filter(row -> row.get(1) != null).findFirst().orElseThrow().get(1);

        List<List<Object>> found = read(
                List.of(0, 1, 2), new Or(id(CompareOperator.EQ, first), id(CompareOperator.EQ, last)));

        assertThat(found).hasSizeLessThan(6 * Batch.ROWS);
        assertThat(having(found, first)).isNotEmpty().isEqualTo(having(rows, first));
        assertThat(having(found, last)).isNotEmpty().isEqualTo(having(rows, last));
    }

    @Test
    void nothingIsReadWhereNothingMatches() {
        assertThat(read(List.of(0, 1, 2), id(CompareOperator.EQ, 777_777_777))).isEmpty();
    }

    @Test
    void whatMatchesEverywhereIsReadAsItIs() {
        assertThat(read(List.of(0, 1, 2), id(CompareOperator.GE, 500_000))).isEqualTo(rows);
    }
}

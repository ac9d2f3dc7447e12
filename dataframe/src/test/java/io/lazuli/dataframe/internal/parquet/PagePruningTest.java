package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.parquet.ParquetSplit.Piece;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Scans;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever pages are left out, the rows that satisfy the predicate are there, in order.
class PagePruningTest {
    private static final int ROWS = 150_000;
    private static final Schema SCHEMA = Schema.of(
            new Field("n", DataType.INT),
            new Field("x", DataType.FLOAT64),
            new Field("t", DataType.UTF8),
            new Field("b", DataType.BOOL));

    @TempDir
    private static Path folder;

    private static List<List<Object>> rows = List.of();

    @BeforeAll
    static void write() {
        rows = IntStream.range(0, ROWS)
                .mapToObj(i -> Arrays.<Object>asList(
                        i / 20_000 == 3 || i % 10 == 0 ? null : (Object) i,
                        i / 20_000 == 2 ? (Object) Double.NaN : i % 7 == 0 ? null : (Object) ((ROWS - i) * 0.5),
                        "key %07d that is longer than what pages say of their bounds, by a good deal".formatted(i),
                        i > ROWS / 2))
                .toList();
        ParquetWriteOptions options = ParquetWriteOptions.DEFAULTS.withRowGroupRows(90_000);
        Scans.write(ParquetTableWriter.create(folder.resolve("t.parquet").toString(), SCHEMA, options), SCHEMA, rows,
                50_000);
    }

    private static List<List<Object>> read(BoundExpr predicate) {
        ParquetSource source = ParquetSource.open(folder.resolve("t.parquet").toString());
        ScanRequest request = Scans.request(List.of(0, 1, 2, 3), predicate);
        return Scans.rows(source, request, source.splits(request));
    }

    private static BoundExpr compare(int column, CompareOperator operator, Object value) {
        DataType type = SCHEMA.field(column).type();
        return new BoundExpr.Compare(
                operator, new BoundExpr.Input(column, type), new BoundExpr.Literal(type, Optional.of(value)));
    }

    @Test
    void pagesWithoutMatchesAreNotRead() {
        assertThat(read(compare(0, CompareOperator.EQ, 30_001))).hasSizeLessThanOrEqualTo(ChunkEncoder.PAGE_ROWS)
                .contains(rows.get(30_001));
        assertThat(read(compare(2, CompareOperator.GE, "key 0149990"))).hasSizeLessThan(ChunkEncoder.PAGE_ROWS)
                .contains(rows.getLast());
        assertThat(read(new BoundExpr.And(
                compare(0, CompareOperator.LT, 10_000), compare(1, CompareOperator.LT, 10.0)))).isEmpty();
        assertThat(read(new BoundExpr.Or(
                compare(0, CompareOperator.LT, 10), compare(0, CompareOperator.GT, 149_990))))
                .hasSizeLessThan(2 * ChunkEncoder.PAGE_ROWS);
    }

    @Test
    void noMatchIsLost() {
        Random random = new Random(42);
        for (int i = 0; i < 60; i++) {
            BoundExpr predicate = predicate(random, 2);
            List<List<Object>> expected =
                    rows.stream().filter(row -> Boolean.TRUE.equals(holds(predicate, row))).toList();
            List<List<Object>> found =
                    read(predicate).stream().filter(row -> Boolean.TRUE.equals(holds(predicate, row))).toList();
            assertThat(found.equals(expected)).as("predicate %d: %s", i, predicate).isTrue();
        }
    }

    /// Wherever row groups are cut, and whatever pages are left out.
    @Test
    void noMatchIsLostInPieces() {
        Random random = new Random(43);
        for (int i = 0; i < 40; i++) {
            BoundExpr predicate = predicate(random, 2);
            ParquetSource source = ParquetSource.open(folder.resolve("t.parquet").toString());
            List<Split> pieces = pieces(random);
            List<List<Object>> expected =
                    rows.stream().filter(row -> Boolean.TRUE.equals(holds(predicate, row))).toList();
            List<List<Object>> found = Scans.rows(source, Scans.request(List.of(0, 1, 2, 3), predicate), pieces)
                    .stream().filter(row -> Boolean.TRUE.equals(holds(predicate, row))).toList();
            assertThat(found.equals(expected)).as("predicate %d: %s, %s", i, predicate, pieces).isTrue();
            if (i < 3) {
                assertThat(Scans.rows(source, Scans.request(List.of(0, 1, 2, 3)), pieces).equals(rows)).isTrue();
            }
        }
    }

    /// All rows, in pieces of any sizes; some splits have two of one row group.
    private static List<Split> pieces(Random random) {
        List<Split> splits = new ArrayList<>();
        long[] groups = {90_000, ROWS - 90_000};
        for (int group = 0; group < groups.length; group++) {
            for (long start = 0; start < groups[group];) {
                long end = Math.min(groups[group], start + 1 + random.nextInt(40_000));
                long middle = start + (end - start) / 2;
                List<Piece> all = middle > start && random.nextBoolean()
                        ? List.of(new Piece(group, start, middle), new Piece(group, middle, end))
                        : List.of(new Piece(group, start, end));
                splits.add(new ParquetSplit(List.of(new ParquetSplit.Part(0, all))));
                start = end;
            }
        }
        return splits;
    }

    private static BoundExpr predicate(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            BoundExpr left = predicate(random, depth - 1);
            BoundExpr right = predicate(random, depth - 1);
            return random.nextBoolean() ? new BoundExpr.And(left, right) : new BoundExpr.Or(left, right);
        }
        CompareOperator operator = CompareOperator.values()[random.nextInt(6)];
        int at = random.nextInt(-100, ROWS + 100);
        return switch (random.nextInt(6)) {
            case 0 -> compare(0, operator, at);
            case 1 -> compare(1, operator, random.nextInt(5) == 0 ? Double.NaN : at * 0.5);
            case 2 -> compare(2, operator, "key %07d".formatted(Math.max(0, at)));
            case 3 -> compare(3, operator, random.nextBoolean());
            case 4 -> new BoundExpr.IsNull(new BoundExpr.Input(0, DataType.INT));
            default -> new BoundExpr.Not(new BoundExpr.IsNull(new BoundExpr.Input(1, DataType.FLOAT64)));
        };
    }

    /// Null if it is unknown.
    private static Boolean holds(BoundExpr predicate, List<Object> row) {
        return switch (predicate) {
            case BoundExpr.And(var left, var right) -> {
                Boolean l = holds(left, row);
                Boolean r = holds(right, row);
                yield Boolean.FALSE.equals(l) || Boolean.FALSE.equals(r) ? Boolean.FALSE : l == null ? l : r;
            }
            case BoundExpr.Or(var left, var right) -> {
                Boolean l = holds(left, row);
                Boolean r = holds(right, row);
                yield Boolean.TRUE.equals(l) || Boolean.TRUE.equals(r) ? Boolean.TRUE : l == null ? l : r;
            }
            case BoundExpr.Not(var operand) -> !holds(operand, row);
            case BoundExpr.IsNull(BoundExpr.Input(int column, var type)) -> row.get(column) == null;
            case BoundExpr.Compare(var operator, BoundExpr.Input(int column, var type), BoundExpr.Literal literal) ->
                compares(operator, row.get(column), literal.value().orElseThrow());
            default -> throw new IllegalArgumentException("no such predicate here");
        };
    }

    @SuppressWarnings("unchecked")
    private static Boolean compares(CompareOperator operator, Object value, Object literal) {
        if (value == null) {
            return null;
        }
        int order = ((Comparable<Object>) value).compareTo(literal);
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }
}

package io.lazuli.dataframe.internal.operator.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Merging is a stable sort of all runs, one behind the other, whatever their texts are stored as.
class RunMergerTest {
    /// A long key with ties, a text key that tells some of these apart, and a text that goes along.
    private static final RowOrder ORDER =
            new RowOrder(List.of(new SortKey(0, false, false), new SortKey(1, true, true)));
    private static final Comparator<List<Object>> REFERENCE = Comparator
            .comparing((List<Object> row) -> (Long) row.get(0))
            .thenComparing(row -> (String) row.get(1), Comparator.nullsFirst(Comparator.reverseOrder()));

    private enum Stored {
        CODES, TEXTS, EITHER
    }

    @Property(tries = 120)
    void mergedRunsAreAStableSortOfAll(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int runCount,
            @ForAll @IntRange(max = 9000) int mostRows, @ForAll Stored stored, @ForAll("nullShares") double nullShare) {
        Random random = new Random(seed);
        try (TestColumns columns = TestColumns.open()) {
            List<RunMerger.Run> runs = new ArrayList<>();
            List<List<Object>> all = new ArrayList<>();
            for (int run = 0; run < runCount; run++) {
                List<List<Object>> rows = rows(random, random.nextInt(mostRows + 1), nullShare);
                all.addAll(rows);
                boolean isCoded = stored == Stored.CODES || stored == Stored.EITHER && random.nextBoolean();
                runs.add(new RunMerger.Run(batch(columns, rows, isCoded), 0, rows.size()));
            }
            assertThat(merge(columns, runs)).isEqualTo(all.stream().sorted(REFERENCE).toList());
        }
    }

    @Test
    void codedTextsStayCoded() {
        try (TestColumns columns = TestColumns.open()) {
            Batch one =
                    batch(columns, List.of(List.of(1L, "a", "lax"), List.of(3L, "b", "a text of more bytes")), true);
            Batch other = batch(columns, List.of(List.of(2L, "b", "a text of more bytes")), true);
            RunMerger merger = new RunMerger(
                    columns.memory(), ORDER, List.of(new RunMerger.Run(one, 0, 2), new RunMerger.Run(other, 0, 1)));
            Column merged = merger.next(columns.scratch()).column(2);
            assertThat(merged.isCoded()).isTrue();
            assertThat(merged.dictionary().size()).isEqualTo(2);
            assertThat(TestColumns.values(merged)).containsExactly("lax", "a text of more bytes",
                    "a text of more bytes");
        }
    }

    @Test
    void slicesOfRunsAreMergedAlone() {
        try (TestColumns columns = TestColumns.open()) {
            Batch run =
                    batch(columns, List.of(List.of(1L, "a", "x"), List.of(2L, "a", "y"), List.of(3L, "a", "z")), true);
            List<RunMerger.Run> runs = List.of(new RunMerger.Run(run, 1, 3), new RunMerger.Run(run, 2, 2));
            assertThat(merge(columns, runs)).containsExactly(List.of(2L, "a", "y"), List.of(3L, "a", "z"));
        }
    }

    @Provide
    Arbitrary<Double> nullShares() {
        return Arbitraries.of(0.0, 0.2, 1.0);
    }

    private static List<List<Object>> merge(TestColumns columns, List<RunMerger.Run> runs) {
        RunMerger merger = new RunMerger(columns.memory(), ORDER, runs);
        List<List<Object>> merged = new ArrayList<>();
        for (Batch batch = merger.next(columns.scratch()); batch.rowCount() > 0;
                batch = merger.next(columns.scratch())) {
            merged.addAll(TestColumns.rows(batch));
            columns.scratch().reset();
        }
        return merged;
    }

    private static List<List<Object>> rows(Random random, int count, double nullShare) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<Object> values = new ArrayList<>();
            values.add(random.nextInt(50) == 0 ? Long.MAX_VALUE : (long) random.nextInt(1 + count / 4));
            values.add(text(random, nullShare));
            values.add(text(random, nullShare));
            rows.add(values);
        }
        rows.sort(REFERENCE);
        return rows;
    }

    private static Object text(Random random, double nullShare) {
        int number = random.nextInt(20);
        return random.nextDouble() < nullShare ? null : number % 2 == 0 ? "t" + number : "longer than a view " + number;
    }

    private static Batch batch(TestColumns columns, List<List<Object>> rows, boolean isCoded) {
        List<Object> texts = rows.stream().map(row -> row.get(1)).toList();
        List<Object> others = rows.stream().map(row -> row.get(2)).toList();
        return columns.batch(
                columns.of(DataType.LONG, rows.stream().map(row -> row.get(0)).toList()),
                isCoded ? columns.coded(texts) : columns.of(DataType.UTF8, texts),
                isCoded ? columns.coded(others) : columns.of(DataType.UTF8, others));
    }
}

package io.lazuli.dataframe.internal.operator.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Every row is in the slice of its hash, and rows of a slice keep the order in which they came.
class SlicedRowsTest {
    private static final List<DataType> TYPES =
            List.of(DataType.UTF8, DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.BOOL, DataType.UTF8);

    /// What the last column has in a batch: whether rows can be written straight to their places depends on it.
    private enum Texts {
        SHORT,
        LONG,
        CODED,
        CODED_THEN_LONG,
        CODED_THEN_SHORT
    }

    @Property(tries = 60)
    void slices_haveTheRowsOfTheirHash(
            @ForAll long seed, @ForAll Texts texts, @ForAll boolean hasNulls,
            @ForAll @IntRange(min = 1, max = 64) int sliceCount, @ForAll @IntRange(min = 0, max = 12) int batchCount) {
        Random random = new Random(seed);
        List<List<List<Object>>> expected = new ArrayList<>();
        IntStream.range(0, sliceCount).forEach(slice -> expected.add(new ArrayList<>()));
        try (TestColumns columns = TestColumns.open()) {
            SlicedRows rows = new SlicedRows(columns.memory(), TYPES, List.of(0, 1), sliceCount);
            int rowCount = 0;
            for (int b = 0; b < batchCount; b++) {
                Batch batch = batch(columns, random, texts, b, hasNulls);
                note(batch, sliceCount, expected);
                rows.append(batch);
                rowCount += batch.rowCount();
            }
            assertThat(rows.rowCount()).isEqualTo(rowCount);
            Block block = rows.finish();
            List<List<Object>> all = TestColumns.rows(block);
            for (int slice = 0; slice < sliceCount && sliceCount > 1; slice++) {
                int start = (int) block.sliceStart(slice);
                int end = (int) block.sliceEnd(slice);
                assertThat(all.subList(start, end)).isEqualTo(expected.get(slice));
            }
            assertThat(all).hasSize(rowCount);
            block.release();
        }
    }

    private static void note(Batch batch, int sliceCount, List<List<List<Object>>> slices) {
        int[] hashes = new int[Batch.ROWS];
        new KeyHasher().hash(List.of(batch.column(0), batch.column(1)), batch.rowCount(), hashes);
        List<List<Object>> rows = TestColumns.rows(batch);
        for (int row = 0; row < rows.size(); row++) {
            slices.get(KeyHasher.slice(hashes[row], sliceCount)).add(rows.get(row));
        }
    }

    private static Batch batch(TestColumns columns, Random random, Texts texts, int index, boolean hasNulls) {
        int count = 1 + random.nextInt(Batch.ROWS);
        boolean isCoded = texts == Texts.CODED || texts.name().startsWith("CODED") && index < 2;
        boolean isLong = texts == Texts.LONG || texts == Texts.CODED_THEN_LONG && index >= 2;
        List<Object> last = values(
                random, count, hasNulls,
                n -> isLong && n % 3 == 0 ? "a text of many bytes, no. " + n % 50 : "t" + n % 50);
        Column coded = isCoded ? columns.coded(last) : columns.of(DataType.UTF8, last);
        return columns.batch(
                columns.coded(values(random, count, hasNulls, n -> "key" + n % 100)),
                columns.of(DataType.INT, values(random, count, hasNulls, n -> n)),
                columns.of(DataType.LONG, values(random, count, hasNulls, n -> n * 5_000_000_000L)),
                columns.of(DataType.FLOAT64, values(random, count, hasNulls, n -> n * 0.1)),
                columns.of(DataType.BOOL, values(random, count, hasNulls, n -> n % 2 == 0)),
                coded);
    }

    private static List<Object> values(
            Random random, int count, boolean hasNulls, IntFunction<Object> value) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            values.add(hasNulls && random.nextInt(5) == 0 ? null : value.apply(random.nextInt(1_000_000)));
        }
        return values;
    }
}

package io.lazuli.dataframe.internal.operator.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Ids of keys are those that a map from keys to the order of their arrival gives, however the keys are packed: as codes of one
/// dictionary or of another for each batch, as small numbers with slots of their own, or as words.
class GroupIndexTest {
    /// How a key column comes.
    private enum Form {
        SMALL_INT(DataType.INT, 60_000),
        INT(DataType.INT, Integer.MAX_VALUE),
        LONG(DataType.LONG, Integer.MAX_VALUE),
        BOOL(DataType.BOOL, 2),
        DOUBLE(DataType.FLOAT64, 1000),
        TEXT(DataType.UTF8, 300),
        CODED(DataType.UTF8, 300),
        /// Codes in some batches and texts in others.
        MIXED(DataType.UTF8, 300);

        private final DataType type;
        private final int cardinality;

        Form(DataType type, int cardinality) {
            this.type = type;
            this.cardinality = cardinality;
        }

        private Object value(Random random) {
            int number = random.nextInt(random.nextBoolean() ? Math.min(cardinality, 20) : cardinality);
            return switch (type) {
                case DataType.Simple.INT -> number - (this == INT ? cardinality / 2 : 0);
                case DataType.Simple.LONG -> (number - cardinality / 2) * 3_000_000_019L;
                case DataType.Simple.BOOL -> number == 1;
                case DataType.Simple.FLOAT64 -> number == 7 ? Double.NaN : number / 8.0;
                default -> number % 3 == 0 ? "a text of more than twelve bytes, no. " + number : "t" + number;
            };
        }

        private Column column(TestColumns columns, List<Object> values, Random random) {
            boolean isCoded = this == CODED || this == MIXED && random.nextBoolean();
            return isCoded ? columns.coded(values) : columns.of(type, values);
        }
    }

    @Property(tries = 150)
    void ids_areTheOrderOfArrival(
            @ForAll("forms") @Size(min = 1, max = 4) List<Form> forms,
            @ForAll long seed,
            @ForAll("nullShares") double nullShare,
            @ForAll @IntRange(min = 1, max = 5) int batchCount) {
        Random random = new Random(seed);
        Map<List<Object>, Integer> reference = new LinkedHashMap<>();
        try (TestColumns columns = TestColumns.open()) {
            StateMemory memory = new StateMemory(columns.memory());
            GroupIndex index = GroupIndex.create(memory, forms.size(), nullShare > 0, new GroupRows(memory));
            KeyBatch scratch = new KeyBatch();
            for (int b = 0; b < batchCount; b++) {
                List<List<Object>> rows = rows(forms, nullShare, random, 1 + random.nextInt(400));
                List<Column> keys = keys(forms, columns, rows, random);
                int[] ids = new int[Batch.ROWS];
                assertThat(index.tryReserve(keys, rows.size())).isTrue();
                index.assign(keys, rows.size(), scratch, ids);
                List<Integer> expected = new ArrayList<>();
                for (List<Object> row : rows) {
                    reference.putIfAbsent(row, reference.size());
                    expected.add(reference.get(row));
                }
                assertThat(Arrays.stream(ids, 0, rows.size()).boxed()).containsExactlyElementsOf(expected);
            }
            assertThat(index.count()).isEqualTo(reference.size());
            assertFound(forms, nullShare, random, reference, columns, index);
            List<Column> all = index.keys(0, index.count(), columns.scratch());
            assertThat(TestColumns.rows(new Batch(index.count(), all)))
                    .containsExactlyElementsOf(reference.keySet());
        }
    }

    /// A narrow index starts anew when it has to, and then never refuses the same keys again.
    @Property(tries = 150)
    void narrow_idsAreTheOrderOfArrival_sinceItWasLastCleared(
            @ForAll("forms") @Size(min = 1, max = 4) List<Form> forms,
            @ForAll long seed,
            @ForAll("nullShares") double nullShare,
            @ForAll @IntRange(min = 2, max = 8) int batchCount) {
        Random random = new Random(seed);
        Map<List<Object>, Integer> reference = new LinkedHashMap<>();
        try (TestColumns columns = TestColumns.open()) {
            StateMemory memory = new StateMemory(columns.memory());
            GroupIndex index = GroupIndex.narrow(memory, forms.size(), new GroupRows(memory));
            KeyBatch scratch = new KeyBatch();
            for (int b = 0; b < batchCount; b++) {
                List<List<Object>> rows = rows(forms, nullShare, random, 1 + random.nextInt(10 << 2 * b % 9));
                List<Column> keys = keys(forms, columns, rows, random);
                if (!index.tryReserve(keys, rows.size())) {
                    assertThat(index.count()).isPositive();
                    index.clear();
                    reference.clear();
                    assertThat(index.tryReserve(keys, rows.size())).isTrue();
                }
                int[] ids = new int[Batch.ROWS];
                index.assign(keys, rows.size(), scratch, ids);
                rows.forEach(row -> reference.putIfAbsent(row, reference.size()));
                assertThat(Arrays.stream(ids, 0, rows.size()).boxed())
                        .containsExactlyElementsOf(rows.stream().map(reference::get).toList());
                List<Column> all = index.keys(0, index.count(), columns.scratch());
                assertThat(TestColumns.rows(new Batch(index.count(), all)))
                        .containsExactlyElementsOf(reference.keySet());
            }
            if (nullShare == 0) {
                assertFound(forms, nullShare, random, reference, columns, index);
            }
        }
    }

    /// Two columns of a hundred texts each are numbers that have slots of their own.
    @Test
    void narrow_packsFewTextsIntoSmallNumbers() {
        try (TestColumns columns = TestColumns.open()) {
            List<Column> keys = Stream.of("a", "b")
                    .map(name -> columns.coded(IntStream.range(0, 100).<Object>mapToObj(i -> name + i).toList()))
                    .toList();
            KeyLayout layout = KeyLayout.of(keys, new int[] {KeyLayout.codeBits(100), KeyLayout.codeBits(100)}, false);
            assertThat(layout.fields()).extracting(KeyLayout.Field::codeBits).containsExactly(7, 7);
            assertThat(layout.fields()).extracting(KeyLayout.Field::codeCount).containsExactly(126, 126);
            assertThat(layout.width()).isEqualTo(1);
        }
    }

    /// As a join's other side does, with a scratch that has not seen the keys.
    private static void assertFound(
            List<Form> forms, double nullShare, Random random, Map<List<Object>, Integer> reference,
            TestColumns columns, GroupIndex index) {
        List<List<Object>> rows = rows(forms, nullShare, random, 500);
        int[] ids = new int[Batch.ROWS];
        index.find(keys(forms, columns, rows, random), rows.size(), new KeyBatch(), ids);
        List<Integer> expected = rows.stream().map(row -> reference.getOrDefault(row, KeyTable.MISSING)).toList();
        assertThat(Arrays.stream(ids, 0, rows.size()).boxed()).containsExactlyElementsOf(expected);
    }

    private static List<List<Object>> rows(List<Form> forms, double nullShare, Random random, int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<Object> values = new ArrayList<>();
            forms.forEach(form -> values.add(random.nextDouble() < nullShare ? null : form.value(random)));
            rows.add(values);
        }
        return rows;
    }

    private static List<Column> keys(
            List<Form> forms, TestColumns columns, List<List<Object>> rows, Random random) {
        List<Column> keys = new ArrayList<>();
        for (int c = 0; c < forms.size(); c++) {
            int column = c;
            List<Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(column)));
            keys.add(forms.get(c).column(columns, values, random));
        }
        return keys;
    }

    @Provide
    Arbitrary<List<Form>> forms() {
        return Arbitraries.of(Form.class).list();
    }

    @Provide
    Arbitrary<Double> nullShares() {
        return Arbitraries.of(0.0, 0.1, 1.0);
    }
}

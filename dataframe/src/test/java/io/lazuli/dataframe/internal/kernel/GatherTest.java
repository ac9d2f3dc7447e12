package io.lazuli.dataframe.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GatherTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 500)
    void take_picksRowsInAnyOrder(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        Random random = new Random(shape.seed());
        List<Object> values = shape.values(type, 0);
        int count = shape.length() == 0 ? 0 : random.nextInt(200);
        int start = random.nextInt(3);
        int[] rows = random.ints(start + count + 2, 0, Math.max(1, shape.length())).toArray();
        try (TestColumns columns = TestColumns.open()) {
            Batch batch = new Batch(shape.length(), List.of(shape.column(columns, type, values)));

            Batch taken = Gather.take(batch, rows, start, count, columns.scratch());

            assertThat(TestColumns.values(taken.column(0)))
                    .isEqualTo(Arrays.stream(rows).skip(start).limit(count).mapToObj(values::get).toList());
            assertThat(taken.column(0).mayHaveNulls()).isEqualTo(batch.column(0).mayHaveNulls());
        }
    }

    @Property(tries = 500)
    void takeOrNull_givesNullBelowZero(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        Random random = new Random(shape.seed());
        List<Object> values = shape.values(type, 0);
        int[] rows = random.ints(random.nextInt(200), -random.nextInt(1, 3), shape.length()).map(r -> Math.max(r, -1))
                .toArray();
        try (TestColumns columns = TestColumns.open()) {
            Column column = shape.column(columns, type, values);

            Column taken = Gather.takeOrNull(column, rows, 0, rows.length, columns.scratch());

            assertThat(TestColumns.values(taken))
                    .isEqualTo(Arrays.stream(rows).mapToObj(r -> r < 0 ? null : values.get(r)).toList());
        }
    }

    @Property(tries = 500)
    void selection_keepsTheRowsThatAreTrue(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        List<Object> condition = shape.values(DataType.BOOL, 1);
        checkSelection(shape, type, condition);
    }

    @Property(tries = 300)
    void selection_ofRuns(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        Random random = new Random(shape.seed());
        int first = random.nextInt(shape.length() + 1);
        int last = first + random.nextInt(shape.length() - first + 1);
        checkSelection(shape, type,
                IntStream.range(0, shape.length()).<Object>mapToObj(r -> r >= first && r < last).toList());
    }

    private static void checkSelection(Shape shape, DataType type, List<Object> condition) {
        List<Object> values = shape.values(type, 0);
        List<Object> expected = new ArrayList<>();
        for (int row = 0; row < shape.length(); row++) {
            if (Boolean.TRUE.equals(condition.get(row))) {
                expected.add(values.get(row));
            }
        }
        try (TestColumns columns = TestColumns.open()) {
            Batch batch = new Batch(shape.length(), List.of(shape.column(columns, type, values)));
            Selection selection = new Selection();

            selection.select(shape.column(columns, DataType.BOOL, condition));

            assertThat(selection.count()).isEqualTo(expected.size());
            assertThat(TestColumns.values(selection.apply(batch, columns.scratch()).column(0))).isEqualTo(expected);
        }
    }

    @Test
    void selection_ofAllRows_isTheBatchItself_andGrowsWithIt() {
        try (TestColumns columns = TestColumns.open()) {
            Selection selection = new Selection();
            for (int length : List.of(3, 3 * Batch.ROWS, 1)) {
                List<Boolean> all = Collections.nCopies(length, true);
                Batch batch = columns.batch(columns.of(DataType.BOOL, all));

                selection.select(batch.column(0));

                assertThat(selection.count()).isEqualTo(length);
                assertThat(selection.apply(batch, columns.scratch())).isSameAs(batch);
            }
        }
    }
}

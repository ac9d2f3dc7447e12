package io.lazuli.dataframe.internal.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ColumnTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 500)
    void slice_holdsItsRows(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        Random random = new Random(shape.seed());
        int start = random.nextInt(shape.length() + 1);
        int length = random.nextInt(shape.length() - start + 1);
        List<Object> values = shape.values(type, 0);
        try (TestColumns columns = TestColumns.open()) {
            Column column = shape.column(columns, type, values);

            Column slice = column.slice(start, length, columns.scratch());

            assertThat(slice.length()).isEqualTo(length);
            assertThat(slice.type()).isEqualTo(type);
            assertThat(TestColumns.values(slice)).isEqualTo(values.subList(start, start + length));
        }
    }

    @Test
    void batch_slicedWhole_isItself() {
        try (TestColumns columns = TestColumns.open()) {
            Batch batch =
                    columns.batch(columns.of(DataType.INT, 1, 2, null), columns.of(DataType.BOOL, true, null, false));

            assertThat(batch.slice(0, 3, columns.scratch())).isSameAs(batch);
            assertThat(TestColumns.rows(batch.slice(1, 2, columns.scratch())))
                    .containsExactly(Arrays.asList(2, null), Arrays.asList(null, false));
        }
    }

    @Test
    void batch_ofUnequalColumns_isRefused() {
        try (TestColumns columns = TestColumns.open()) {
            Column one = columns.of(DataType.INT, 1);
            assertThatThrownBy(() -> new Batch(2, List.of(one))).hasMessage("column of 1 rows in a batch of 2");
        }
    }

    @Test
    void scratch_handsOutDisjointAlignedMemory_andTheSameAfterReset() {
        try (TestColumns columns = TestColumns.open()) {
            Scratch scratch = columns.scratch();
            MemorySegment first = scratch.allocate(10);
            MemorySegment second = scratch.allocate(3 << 20);
            MemorySegment third = scratch.values(Kind.LONG, 5);
            MemorySegment fourth = scratch.bits(0);

            for (MemorySegment piece : List.of(first, second, third, fourth)) {
                assertThat(piece.address() % 64).isZero();
            }
            assertThat(List.of(first.byteSize(), second.byteSize(), third.byteSize(), fourth.byteSize()))
                    .containsExactly(10L, 3L << 20, 40L, 0L);
            first.fill((byte) 1);
            second.fill((byte) 2);
            third.fill((byte) 3);
            assertThat(first.get(Layouts.BYTE, 9)).isEqualTo((byte) 1);
            assertThat(second.get(Layouts.BYTE, (3 << 20) - 1)).isEqualTo((byte) 2);

            long held = columns.accountant().reservedBytes();
            for (int batch = 0; batch < 100; batch++) {
                scratch.reset();
                assertThat(scratch.allocate(10).address()).isEqualTo(first.address());
                scratch.allocate(3 << 20);
                scratch.allocate(40);
            }
            assertThat(columns.accountant().reservedBytes()).isEqualTo(held);
        }
    }
}

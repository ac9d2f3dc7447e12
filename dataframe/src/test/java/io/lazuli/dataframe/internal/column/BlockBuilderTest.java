package io.lazuli.dataframe.internal.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BlockBuilderTest {
    @Provide
    Arbitrary<List<Shape>> shapes() {
        return Shape.any().list().ofMaxSize(6);
    }

    @Property(tries = 100)
    void block_holdsTheRowsOfAllBatches(@ForAll("shapes") List<Shape> shapes) {
        List<DataType> types = List.of(DataType.Simple.values());
        List<List<Object>> expected = new ArrayList<>();
        try (TestColumns columns = TestColumns.open()) {
            BlockBuilder builder = new BlockBuilder(columns.memory(), types, 10);
            for (Shape shape : shapes) {
                List<Column> batch = new ArrayList<>();
                for (int c = 0; c < types.size(); c++) {
                    batch.add(shape.column(columns, types.get(c), shape.values(types.get(c), c)));
                }
                builder.append(new Batch(shape.length(), batch));
                expected.addAll(TestColumns.rows(new Batch(shape.length(), batch)));
            }

            Block block = builder.finish();

            assertThat(block.rowCount()).isEqualTo(expected.size());
            assertThat(ColumnBlocks.types(block)).isEqualTo(types);
            assertThat(TestColumns.rows(block)).isEqualTo(expected);
            block.release();
        }
    }

    @Test
    void nulls_mayAppearLate_andBuffersAreAsLongAsTheRows() {
        try (TestColumns columns = TestColumns.open()) {
            BlockBuilder builder = new BlockBuilder(columns.memory(), List.of(DataType.INT), 1);
            builder.append(columns.batch(columns.of(DataType.INT, Collections.nCopies(1000, 1))));
            builder.append(columns.batch(columns.of(DataType.INT, Arrays.asList(null, 2))));
            builder.append(columns.batch(columns.of(DataType.INT, Collections.nCopies(3, 3))));

            Block block = builder.finish();

            Column column = ColumnBlocks.view(block).column(0);
            assertThat(TestColumns.values(column).subList(999, 1005)).containsExactly(1, null, 2, 3, 3, 3);
            assertThat(Bits.count(column.validity(), 1005)).isEqualTo(1004);
            assertThat(column.values().byteSize()).isEqualTo(4 * 1005);
            assertThat(column.validity().byteSize()).isEqualTo(Bits.byteSize(1005));
            assertThat(block.buffers()).hasSize(2);
            block.release();
        }
    }

    @Test
    void block_outlivesTheReservation_andRefersToNothingElse() {
        try (MemoryAccountant accountant = MemoryAccountant.create(64 << 20)) {
            Block block;
            try (TestColumns columns = TestColumns.open();
                    Reservation task = accountant.reserve("task", 0)) {
                BlockBuilder builder = new BlockBuilder(task, List.of(DataType.UTF8), 0);
                builder.append(columns.batch(columns.of(DataType.UTF8, "a text that is not inline", null, "short")));
                builder.append(columns
                        .batch(columns.of(DataType.UTF8, Collections.nCopies(3000, "another text that is long"))));
                block = builder.finish();
            }
            assertThat(TestColumns.rows(block)).hasSize(3003);
            assertThat(TestColumns.rows(block).subList(0, 4))
                    .containsExactly(
                            List.of("a text that is not inline"),
                            Arrays.asList((Object) null),
                            List.of("short"),
                            List.of("another text that is long"));
            block.release();
        }
    }

    @Test
    void viewsOfNullTexts_referToNothing() {
        try (TestColumns columns = TestColumns.open()) {
            Block block = columns.block(columns.of(DataType.UTF8, null, "x"));

            Column column = ColumnBlocks.view(block).column(0);
            assertThat(Views.head(column.values(), 0)).isZero();
            assertThat(Views.tail(column.values(), 0)).isZero();
            block.release();
        }
    }

    @Test
    void cuts_divideTheRows() {
        try (TestColumns columns = TestColumns.open()) {
            BlockBuilder builder = new BlockBuilder(columns.memory(), List.of(DataType.LONG), 0);
            builder.append(columns.batch(columns.of(DataType.LONG, 1L, 2L, 3L)));

            Block block = builder.finish(new long[] {0, 1, 1, 3});

            assertThat(block.sliceCount()).isEqualTo(3);
            assertThat(block.sliceStart(2)).isEqualTo(1);
            assertThat(block.sliceEnd(2)).isEqualTo(3);
            block.release();
        }
    }

    @Test
    void block_ofNoRows_hasItsTypes() {
        try (TestColumns columns = TestColumns.open()) {
            List<DataType> types = List.of(DataType.Simple.values());
            Block block = new BlockBuilder(columns.memory(), types, 0).finish();

            assertThat(ColumnBlocks.types(block)).isEqualTo(types);
            assertThat(TestColumns.rows(block)).isEmpty();
            block.release();
        }
    }

    @Test
    void refusedMemory_leavesNothingBehind() {
        try (MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
                TestColumns columns = TestColumns.open();
                Reservation task = accountant.reserve("task", 0)) {
            BlockBuilder builder = new BlockBuilder(task, List.of(DataType.LONG), 0);
            Batch batch = columns.batch(columns.of(DataType.LONG, Collections.nCopies(1000, 1L)));
            assertThatThrownBy(() -> {
                for (int i = 0; i < 1000; i++) {
                    builder.append(batch);
                }
            })
                    .isInstanceOf(LazuliException.class)
                    .hasMessageContaining("task needs");
        }
    }
}

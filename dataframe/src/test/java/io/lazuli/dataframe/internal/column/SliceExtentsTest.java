package io.lazuli.dataframe.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Whoever has only the bytes that a slice needs has all of its rows.
class SliceExtentsTest {
    @Provide
    Arbitrary<List<Shape>> shapes() {
        return Shape.any().list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 60)
    void aSlice_needsNoOtherBytes(@ForAll("shapes") List<Shape> shapes, @ForAll Random random) {
        List<DataType> types = List.of(DataType.Simple.values());
        try (TestColumns columns = TestColumns.open()) {
            BlockBuilder builder = new BlockBuilder(columns.memory(), types, 10);
            for (Shape shape : shapes) {
                List<Column> batch = new ArrayList<>();
                for (int c = 0; c < types.size(); c++) {
                    batch.add(shape.column(columns, types.get(c), shape.values(types.get(c), c)));
                }
                builder.append(new Batch(shape.length(), batch));
            }
            int rows = shapes.stream().mapToInt(Shape::length).sum();
            long[] cuts = random.ints(5, 0, rows + 1).sorted().asLongStream().toArray();
            cuts[0] = 0;
            cuts[4] = rows;
            Block block = builder.finish(cuts);
            assertEachSliceIsComplete(columns, block);
            block.release();
        }
    }

    @Test
    void codes_needTheirDictionary() {
        try (TestColumns columns = TestColumns.open()) {
            BlockBuilder builder = new BlockBuilder(columns.memory(), List.of(DataType.UTF8), 10);
            builder.append(columns.batch(columns.coded(List.of("short", "a text that is long", "short", "x", "x"))));
            Block block = builder.finish(new long[] {0, 1, 4, 5});
            assertEachSliceIsComplete(columns, block);
            block.release();
        }
    }

    @Test
    void longTexts_lieApart_ifTheyWereWrittenInOrder() {
        try (TestColumns columns = TestColumns.open()) {
            List<String> texts = IntStream.range(0, 100).mapToObj(i -> "a text that is long " + i).toList();
            BlockBuilder builder = new BlockBuilder(columns.memory(), List.of(DataType.UTF8), 100);
            builder.append(columns.batch(columns.of(DataType.UTF8, texts)));
            Block block = builder.finish(new long[] {0, 50, 100});
            long[] data = block.extents().getLast();
            assertThat(data).hasSize(4);
            assertThat(data[0]).isZero();
            assertThat(data[1]).isEqualTo(data[2]);
            assertThat(data[3]).isEqualTo(block.buffers().getLast().byteSize());
            block.release();
        }
    }

    private static void assertEachSliceIsComplete(TestColumns columns, Block block) {
        List<?> rows = TestColumns.rows(block);
        for (int slice = 0; slice < block.sliceCount(); slice++) {
            Block part = onlyOf(columns, block, slice);
            int start = (int) block.sliceStart(slice);
            int end = (int) block.sliceEnd(slice);
            assertThat(TestColumns.rows(part).subList(start, end)).isEqualTo(rows.subList(start, end));
            part.release();
        }
    }

    /// The block with zeros in place of what the slice does not need.
    private static Block onlyOf(TestColumns columns, Block block, int slice) {
        List<Buffer> buffers = new ArrayList<>();
        List<long[]> extents = block.extents();
        for (int b = 0; b < block.buffers().size(); b++) {
            MemorySegment from = block.buffers().get(b).segment();
            long[] of = extents.get(b);
            long start = of.length == 0 ? 0 : of[2 * slice];
            long end = of.length == 0 ? from.byteSize() : of[2 * slice + 1];
            Buffer to = columns.memory().allocate(from.byteSize());
            to.segment().fill((byte) 0);
            MemorySegment.copy(from, start, to.segment(), start, end - start);
            buffers.add(to);
        }
        return Block.partitioned(block.rowCount(), block.header(), buffers, block.cuts());
    }
}

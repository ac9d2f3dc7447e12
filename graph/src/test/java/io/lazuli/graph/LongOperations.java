package io.lazuli.graph;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Operations on blocks of one column of longs: the smallest collection, for tests of engines.
///
/// They are records of plain values, so that they travel to any worker, and each can be computed by its static twin or by
/// `values` in one line, which is what tests compare with.
public final class LongOperations {
    private static final byte[] NO_HEADER = {};

    private LongOperations() {}

    /// A block of these values.
    public static Block column(TaskContext context, long... values) {
        return partitionedColumn(context, values, new long[0]);
    }

    private static Block partitionedColumn(TaskContext context, long[] values, long[] cuts) {
        Buffer buffer = context.memory().allocate(8L * values.length);
        MemorySegment.copy(values, 0, buffer.segment(), ValueLayout.JAVA_LONG, 0, values.length);
        return Block.partitioned(values.length, NO_HEADER, List.of(buffer), cuts);
    }

    /// The values of one slice of a block.
    public static long[] values(Block block, int slice) {
        long start = block.sliceStart(slice);
        MemorySegment rows = block.buffers().getFirst().segment();
        return LongStream.range(start, block.sliceEnd(slice))
                .map(row -> rows.getAtIndex(ValueLayout.JAVA_LONG, row))
                .toArray();
    }

    public static long[] values(Block block) {
        return values(block, Block.WHOLE);
    }

    /// All values of all inputs, in the order of dependencies and partitions.
    private static LongStream all(TaskInputs inputs) {
        return IntStream.range(0, inputs.dependencyCount())
                .boxed()
                .flatMap(d -> inputs.blocks(d).stream().map(block -> values(block, inputs.slice(d))))
                .flatMapToLong(LongStream::of);
    }

    /// `rowCount` numbers below a million that depend on the seed and the partition alone.
    public record Numbers(int rowCount, long seed) implements Operation {
        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public long grantBytes() {
            return Math.max(1 << 20, Long.highestOneBit(16L * rowCount - 1));
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return column(context, of(context.partition()));
        }

        public long[] of(int partition) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + partition);
            return random.longs(rowCount, 0, 1_000_000).toArray();
        }

        /// The numbers of the first partitions, one after the other.
        public long[] ofAll(int partitionCount) {
            return IntStream.range(0, partitionCount).mapToObj(this::of).flatMapToLong(LongStream::of).toArray();
        }
    }

    /// All inputs, one after the other, with `addend` added.
    public record Plus(long addend) implements Operation {
        @Override
        public String name() {
            return "plus";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return column(context, all(inputs).map(value -> value + addend).toArray());
        }
    }

    /// All inputs, one after the other: what an exchange delivers.
    public record ConcatSlices(long grantBytes) implements Operation {
        public ConcatSlices() {
            this(1 << 20);
        }

        @Override
        public String name() {
            return "concat";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return column(context, all(inputs).toArray());
        }
    }

    /// One row: the sum of all inputs.
    public record SumOf() implements Operation {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return column(context, all(inputs).sum());
        }
    }

    /// The input in slices: row `x` goes to slice `x mod slices`; order is kept within a slice.
    public record SplitByModulo(int slices) implements Operation {
        @Override
        public String name() {
            return "split";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            long[] input = values(inputs.block(0), inputs.slice(0));
            long[] cuts = new long[slices + 1];
            for (long value : input) {
                cuts[(int) (value % slices) + 1]++;
            }
            for (int slice = 0; slice < slices; slice++) {
                cuts[slice + 1] += cuts[slice];
            }
            long[] next = cuts.clone();
            long[] output = new long[input.length];
            for (long value : input) {
                output[(int) next[(int) (value % slices)]++] = value;
            }
            return partitionedColumn(context, output, cuts);
        }
    }

    /// The input itself: a new block on the buffers it borrowed.
    public record PassThrough() implements Operation {
        @Override
        public String name() {
            return "pass";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            Block input = inputs.block(0);
            return Block.partitioned(input.rowCount(), input.header(), input.buffers(), input.cuts());
        }
    }

    /// A block that uses everything a block can have: header, cuts, several buffers, an empty one, two slices of one buffer.
    /// Its values repeat `rowCount` times in every buffer, so that it takes space.
    public record Rich(int rowCount) implements Operation {
        public static final byte[] HEADER = "three columns".getBytes(StandardCharsets.US_ASCII);

        @Override
        public String name() {
            return "rich";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            Buffer both = context.memory().allocate(16L * rowCount);
            Buffer bytes = context.memory().allocate(3);
            Buffer empty = context.memory().allocate(0);
            for (int row = 0; row < 2 * rowCount; row++) {
                both.segment().setAtIndex(ValueLayout.JAVA_LONG, row, context.partition() * 1_000L + row);
            }
            bytes.segment().fill((byte) 7);
            List<Buffer> buffers =
                    List.of(both.slice(8L * rowCount, 8L * rowCount), empty, bytes, both.slice(0, 8L * rowCount));
            return Block.partitioned(rowCount, HEADER, buffers, new long[] {0, 1, 1, rowCount});
        }
    }

    /// The sum of all inputs as a value of this process.
    public record ObjectResult() implements Operation {
        @Override
        public String name() {
            return "object";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return Block.object(all(inputs).sum(), 16, List.of());
        }

        /// The sum as the header.
        @Override
        public Block pack(Block object) {
            byte[] header = ByteBuffer.allocate(Long.BYTES).putLong(object.value(Long.class)).array();
            return Block.columns(0, header, List.of());
        }

        @Override
        public Block unpack(Block packed, Reservation memory) {
            return Block.object(ByteBuffer.wrap(packed.header()).getLong(), 16, List.of());
        }
    }

    /// One row: the sum of the values of [ObjectResult] inputs.
    public record SumOfObjects() implements Operation {
        @Override
        public String name() {
            return "sum-objects";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            Stream<Block> blocks = inputs.blocks(0).stream();
            return column(context, blocks.mapToLong(block -> block.value(Long.class)).sum());
        }
    }

    /// One row: the bytes this task was granted before it started.
    public record Grant(long grantBytes) implements Operation {
        @Override
        public String name() {
            return "grant";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return column(context, context.memory().headroomBytes());
        }
    }
}

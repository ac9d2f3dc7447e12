package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Argument;
import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Runs operations as an engine would, one task at a time, and keeps their results until the end. Closing it fails if a task
/// has left memory behind.
final class FakeTasks implements AutoCloseable {
    private static final long LIMIT = 1L << 30;

    private final TestColumns columns = TestColumns.open();
    private final MemoryAccountant accountant;
    private final List<Block> blocks = new ArrayList<>();
    private boolean isCancelled;

    private FakeTasks(long limit) {
        accountant = MemoryAccountant.create(limit);
    }

    static FakeTasks create() {
        return new FakeTasks(LIMIT);
    }

    /// Tasks and their results share `limit` bytes; input blocks are not counted.
    static FakeTasks withLimit(long limit) {
        return new FakeTasks(limit);
    }

    /// What a task reads of one dependency.
    record Input(List<Block> blocks, int slice) {
        static Input whole(List<Block> blocks) {
            return new Input(blocks, Argument.WHOLE);
        }

        static Input whole(Block block) {
            return whole(List.of(block));
        }
    }

    /// The most that tasks and results have held at once.
    long peakBytes() {
        return accountant.peakBytes();
    }

    /// Gives up a result before the end.
    void release(Block block) {
        blocks.remove(block);
        block.release();
    }

    void cancel() {
        isCancelled = true;
    }

    /// A block of some rows, each a list of values.
    Block block(List<DataType> types, List<List<Object>> rows) {
        Column[] values = IntStream.range(0, types.size())
                .mapToObj(c -> columns.of(types.get(c), rows.stream().map(row -> row.get(c)).toList()))
                .toArray(Column[]::new);
        return keep(columns.block(values));
    }

    /// The rows in `count` blocks, contiguous and of random sizes; some are empty.
    List<Block> blocks(List<DataType> types, List<List<Object>> rows, int count, Random random) {
        int[] cuts = IntStream.concat(IntStream.of(0, rows.size()), random.ints(count - 1, 0, rows.size() + 1)).sorted()
                .toArray();
        return IntStream.range(0, count).mapToObj(b -> block(types, rows.subList(cuts[b], cuts[b + 1]))).toList();
    }

    Block run(Operation operation, Input... inputs) {
        return runPartition(0, operation, inputs);
    }

    Block runPartition(int partition, Operation operation, Input... inputs) {
        return runOn(partition, operation, new FakeInputs(List.of(inputs)));
    }

    Block runOn(int partition, Operation operation, TaskInputs inputs) {
        try (Reservation memory = accountant.reserve(operation.name(), 0)) {
            return keep(operation.run(new FakeContext(partition, memory), inputs));
        }
    }

    /// An OBJECT block as it is after its way through a file to another process. The one that was sent is gone.
    Block sent(Operation operation, Block object) {
        Block packed = operation.pack(object);
        Block mapped = MappedFile.of(packed);
        packed.release();
        release(object);
        try {
            return unpack(operation, mapped);
        } finally {
            mapped.release();
        }
    }

    Block unpack(Operation operation, Block packed) {
        try (Reservation memory = accountant.reserve(operation.name(), 0)) {
            return keep(operation.unpack(packed, memory));
        }
    }

    private Block keep(Block block) {
        blocks.add(block);
        return block;
    }

    @Override
    public void close() {
        blocks.forEach(Block::release);
        accountant.close();
        columns.close();
    }

    private final class FakeContext implements TaskContext {
        private final Key key;
        private final Reservation memory;

        FakeContext(int partition, Reservation memory) {
            this.key = new Key(Token.random(), partition);
            this.memory = memory;
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public Reservation memory() {
            return memory;
        }

        @Override
        public boolean isCancelled() {
            return isCancelled;
        }

        @Override
        public void checkCancelled() {
            if (isCancelled) {
                throw new LazuliException(ErrorCode.CANCELLED, "cancelled");
            }
        }
    }

    private record FakeInputs(List<Input> inputs) implements TaskInputs {
        @Override
        public int dependencyCount() {
            return inputs.size();
        }

        @Override
        public List<Block> blocks(int dependency) {
            return inputs.get(dependency).blocks();
        }

        @Override
        public int slice(int dependency) {
            return inputs.get(dependency).slice();
        }
    }
}

package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Key;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A store with room for a few results, which are known by their task ids. Closing it fails if anything is left.
final class StoreFixture implements AutoCloseable {
    static final int LONGS = 1024;
    static final long BYTES = LONGS * 8L;
    static final int TASKS = 10_000;

    final Path directory;
    final MemoryAccountant accountant;
    final FaultyDisk disk = new FaultyDisk();
    final TextFormat format = new TextFormat();
    final ResultStore store;
    final JobStorage storage;
    final SpillCounters job;

    /// Room for `blocks` blocks of columns and `values` large values.
    StoreFixture(Path directory, int blocks, int values) {
        this(directory, blocks, values, Long.MAX_VALUE);
    }

    StoreFixture(Path directory, int blocks, int values, long spillLimitBytes) {
        this.directory = directory;
        this.accountant = MemoryAccountant.create(blocks * BYTES);
        StoreOptions options = new StoreOptions(values * BYTES, directory, spillLimitBytes);
        this.store = ResultStore.open(accountant, options, disk, format);
        this.storage = store.newJob();
        this.job = storage.counters();
        store.ensureCapacity(TASKS);
    }

    static Key key(int task) {
        return new Key(new Token(7, 8), task);
    }

    static long[] longs(int task) {
        long[] values = new long[LONGS];
        Arrays.setAll(values, i -> task * 1_000_003L + i);
        return values;
    }

    static String text(int task) {
        return ("value of " + task + ", ").repeat(20);
    }

    void putColumns(int task) {
        putColumns(task, 0);
    }

    /// Columns with a header of three bytes, three cuts, and one buffer of [#BYTES].
    void putColumns(int task, long order) {
        try (Reservation memory = accountant.reserve("test", 0)) {
            Buffer buffer = memory.allocate(BYTES);
            buffer.segment().copyFrom(MemorySegment.ofArray(longs(task)));
            Block block = Block.partitioned(LONGS, new byte[] {1, 2, 3}, List.of(buffer), new long[] {0, 10, LONGS});
            store.put(task, key(task), block, order, storage);
        }
    }

    /// A text that says of itself that it takes [#BYTES] on the heap.
    void putText(int task) {
        putText(task, 0);
    }

    void putText(int task, long order) {
        putValue(task, text(task), BYTES, order);
    }

    void putValue(int task, Object value, long byteSize, long order) {
        store.put(task, key(task), Block.value(value, byteSize), order, storage);
    }

    void assertColumns(int task) {
        Block block = store.find(task).borrow();
        try {
            assertColumns(block, task);
        } finally {
            block.release();
        }
    }

    static void assertColumns(Block block, int task) {
        assertThat(block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_LONG)).isEqualTo(longs(task));
        assertThat(block.rowCount()).isEqualTo(LONGS);
        assertThat(block.header()).containsExactly(1, 2, 3);
        assertThat(block.cuts()).containsExactly(0, 10, LONGS);
    }

    boolean isMapped(int task) {
        Block block = store.find(task).borrow();
        boolean mapped = block.buffers().getFirst().segment().isMapped();
        block.release();
        return mapped;
    }

    /// The value of a task, which nobody holds afterwards but the store.
    Object value(int task) {
        Block block = store.find(task).borrow();
        Object value = block.value();
        block.release();
        return value;
    }

    void release(int... tasks) {
        for (int task : tasks) {
            store.remove(task).release();
        }
    }

    /// Files of spilled results.
    List<Path> segments() {
        return files().stream().filter(path -> path.toString().endsWith(".seg")).toList();
    }

    private List<Path> files() {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !path.equals(directory)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        assertThat(store.heapBytes()).as("bytes of values").isZero();
        assertThat(store.diskBytes()).as("bytes of files").isZero();
        assertThat(segments()).isEmpty();
        assertThat(accountant.liveBufferCount()).isZero();
        store.close();
        accountant.close();
        assertThat(files()).isEmpty();
    }
}

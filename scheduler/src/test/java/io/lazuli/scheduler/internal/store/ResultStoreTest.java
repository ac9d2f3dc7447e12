package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lazuli.graph.Key;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultStoreTest {
    private static final int LONGS = 1024;
    private static final long BYTES = LONGS * 8L;

    @TempDir
    Path directory;

    /// Room for three blocks of this test.
    private final MemoryAccountant accountant = MemoryAccountant.create(3 * BYTES);
    private final LongAdder spilled = new LongAdder();
    private ResultStore store;

    @BeforeEach
    void open() {
        store = ResultStore.open(accountant, directory);
        store.ensureCapacity(10_000);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        store.close();
        accountant.close();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatDoesNotFit_isSpilledOldestFirst_andReadBackTheSame() throws IOException {
        for (int task = 0; task < 5; task++) {
            put(task);
        }
        assertThat(accountant.reservedBytes()).isEqualTo(3 * BYTES);
        assertThat(segments()).hasSize(2);
        assertThat(spilled.sum()).isGreaterThanOrEqualTo(2 * BYTES);
        for (int task = 0; task < 5; task++) {
            Block block = store.find(task).borrow();
            assertThat(block.buffers().getFirst().segment().isMapped()).as("task %d", task).isEqualTo(task < 2);
            assertThat(values(block)).isEqualTo(valuesOf(task));
            assertThat(block.rowCount()).isEqualTo(LONGS);
            assertThat(block.header()).containsExactly(1, 2, 3);
            assertThat(block.cuts()).containsExactly(0, 10, LONGS);
            block.release();
        }
        assertThat(accountant.reservedBytes()).as("mapped files are not counted").isEqualTo(3 * BYTES);
        release(0, 1, 2, 3, 4);
        assertThat(segments()).isEmpty();
    }

    @Test
    void aBlockInUse_isNotSpilled() throws IOException {
        put(0);
        put(1);
        Block inUse = store.find(0).borrow();
        put(2);
        put(3);
        assertThat(inUse.buffers().getFirst().segment().isMapped()).isFalse();
        Block one = store.find(1).borrow();
        assertThat(one.buffers().getFirst().segment().isMapped()).isTrue();
        inUse.release();
        one.release();
        release(0, 1, 2, 3);
    }

    @Test
    void whenAllBlocksAreInUse_theyAreWrittenForTheNextReader() throws IOException {
        for (int task = 0; task < 3; task++) {
            put(task);
        }
        List<Block> inUse = List.of(store.find(0).borrow(), store.find(1).borrow(), store.find(2).borrow());
        try (Reservation memory = accountant.reserve("test", 0)) {
            assertThat(memory.tryGrow(2 * BYTES)).as("nothing is free yet").isFalse();
            assertThat(segments()).hasSize(2);
            inUse.forEach(Block::release);
            assertThat(memory.tryGrow(2 * BYTES)).isTrue();
        }
        assertThat(isMapped(0)).isTrue();
        assertThat(isMapped(1)).isTrue();
        assertThat(isMapped(2)).isFalse();
        release(0, 1, 2);
    }

    @Test
    void aBlockInUseBefore_isSpilledLater() {
        put(0);
        Block inUse = store.find(0).borrow();
        put(1);
        put(2);
        put(3);
        inUse.release();
        put(4);
        assertThat(isMapped(0)).isTrue();
        release(0, 1, 2, 3, 4);
    }

    @Test
    void aMappedBlock_outlivesItsResult() throws IOException {
        for (int task = 0; task < 4; task++) {
            put(task);
        }
        Block block = store.find(0).borrow();
        release(0);
        assertThat(segments()).hasSize(1);
        assertThat(values(block)).isEqualTo(valuesOf(0));
        block.release();
        assertThat(segments()).isEmpty();
        release(1, 2, 3);
    }

    @Test
    void aBufferOfAMappedBlock_outlivesTheBlock() throws IOException {
        for (int task = 0; task < 4; task++) {
            put(task);
        }
        Block block = store.find(0).borrow();
        Buffer kept = block.buffers().getFirst().slice(8, 16).retain();
        block.release();
        release(0, 1, 2, 3);
        assertThat(kept.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(valuesOf(0)[1]);
        kept.release();
        assertThat(segments()).isEmpty();
    }

    @Test
    void objects_areNeverSpilled() throws IOException {
        try (Reservation memory = accountant.reserve("test", 0)) {
            Buffer buffer = memory.allocate(BYTES);
            store.put(0, key(0), Block.object("value", BYTES, List.of(buffer)), spilled);
        }
        try (Reservation memory = accountant.reserve("test", 0)) {
            assertThat(memory.tryGrow(3 * BYTES)).isFalse();
        }
        assertThat(segments()).isEmpty();
        release(0);
    }

    @Test
    void sharedHolds_keepAResult() {
        put(0);
        StoredResult shared = store.find(0).retain();
        release(0);
        Block block = shared.borrow();
        assertThat(values(block)).isEqualTo(valuesOf(0));
        block.release();
        shared.release();
        assertThat(accountant.reservedBytes()).isZero();
    }

    /// Every part of a segment file: preamble up to 128, header from there, cuts from 192, the buffer from 256. What lies
    /// between them is padding.
    @ParameterizedTest
    @ValueSource(ints = {0, 9, 12, 14, 15, 20, 35, 45, 50, 70, 119, 121, 130, 140, 192, 214, 220, 256, 400, -1})
    void aChangedByte_isFoundWhenReadBack(int offset) throws IOException {
        Path file = spillOne();
        byte[] bytes = Files.readAllBytes(file);
        int at = offset < 0 ? bytes.length + offset : offset;
        boolean padding = at >= 131 && at < 192 || at >= 216 && at < 256;
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
        if (padding) {
            store.find(0).borrow().release();
        } else {
            assertLost(file);
        }
        release(0, 1, 2, 3);
        Files.deleteIfExists(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 48, 130, 1000})
    void aFileCutShort_isFoundWhenReadBack(int length) throws IOException {
        Path file = spillOne();
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
        assertLost(file);
        release(0, 1, 2, 3);
        Files.deleteIfExists(file);
    }

    @Test
    void aFileOfAnotherResult_isFoundWhenReadBack() throws IOException {
        for (int task = 0; task < 5; task++) {
            put(task);
        }
        List<Path> segments = segments();
        Path first = segments.get(0);
        byte[] other = Files.readAllBytes(segments.get(1));
        Files.write(segments.get(1), Files.readAllBytes(first));
        Files.write(first, other);
        assertLost(first);
        release(0, 1, 2, 3, 4);
        Files.deleteIfExists(first);
        Files.deleteIfExists(segments.get(1));
    }

    @Test
    void aMissingFile_isFoundWhenReadBack() throws IOException {
        Path file = spillOne();
        Files.delete(file);
        assertLost(file);
        release(0, 1, 2, 3);
    }

    @Test
    void aDirectoryThatCannotBeWritten_isAResourceErrorThatNamesIt_andLosesNothing() throws IOException {
        store.close();
        Path file = Files.createFile(directory.resolve("file"));
        store = ResultStore.open(accountant, file);
        store.ensureCapacity(10);
        put(0);
        put(1);
        put(2);
        assertThatThrownBy(() -> put(3))
                .asInstanceOf(type(LazuliException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .satisfies(e -> assertThat(e).hasMessageStartingWith("Cannot spill 8,192 bytes to " + file + ": "));
        for (int task = 0; task < 3; task++) {
            assertThat(isMapped(task)).isFalse();
        }
        release(0, 1, 2);
        Files.delete(file);
    }

    @Test
    void whatADeadProcessLeft_isRemovedAtTheNextStart_andNothingElse() throws IOException {
        store.close();
        Path dead = Files.createDirectory(directory.resolve("lazuli-spill-4194999-1"));
        Files.createFile(dead.resolve("1.seg"));
        long own = ProcessHandle.current().pid();
        Path alive = Files.createDirectory(directory.resolve("lazuli-spill-" + own + "-99999"));
        Path other = Files.createDirectory(directory.resolve("lazuli-spill-notes"));
        store = ResultStore.open(accountant, directory);
        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
        assertThat(other).exists();
        Files.delete(alive);
        Files.delete(other);
    }

    private void assertLost(Path file) {
        assertThatThrownBy(() -> store.find(0).borrow())
                .asInstanceOf(type(LazuliException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .satisfies(e -> assertThat(e).hasMessageContaining(file.toString())
                        .hasMessageContaining(key(0).toString()));
    }

    private Path spillOne() throws IOException {
        for (int task = 0; task < 4; task++) {
            put(task);
        }
        return segments().getFirst();
    }

    private void put(int task) {
        try (Reservation memory = accountant.reserve("test", 0)) {
            Buffer buffer = memory.allocate(BYTES);
            for (int i = 0; i < LONGS; i++) {
                buffer.segment().setAtIndex(ValueLayout.JAVA_LONG, i, valuesOf(task)[i]);
            }
            Block block = Block.partitioned(LONGS, new byte[] {1, 2, 3}, List.of(buffer), new long[] {0, 10, LONGS});
            store.put(task, key(task), block, spilled);
        }
    }

    private boolean isMapped(int task) {
        Block block = store.find(task).borrow();
        boolean mapped = block.buffers().getFirst().segment().isMapped();
        block.release();
        return mapped;
    }

    private void release(int... tasks) {
        for (int task : tasks) {
            store.remove(task).release();
        }
    }

    private static Key key(int task) {
        return new Key(new Token(7, 8), task);
    }

    private static long[] valuesOf(int task) {
        long[] values = new long[LONGS];
        Arrays.setAll(values, i -> task * 1_000_003L + i);
        return values;
    }

    private static long[] values(Block block) {
        return block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_LONG);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !path.equals(directory)).sorted().toList();
        }
    }

    private List<Path> segments() throws IOException {
        return files().stream().filter(path -> path.toString().endsWith(".seg")).toList();
    }
}

package io.lazuli.scheduler.internal.store;

import static io.lazuli.scheduler.internal.store.StoreFixture.BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
    @TempDir
    Path directory;

    /// With room for three blocks.
    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(directory, 3, 3);
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void whatDoesNotFit_isSpilledOldestFirst_andReadBackTheSame() {
        for (int task = 0; task < 5; task++) {
            fixture.putColumns(task);
        }
        assertThat(fixture.accountant.reservedBytes()).isEqualTo(3 * BYTES);
        assertThat(fixture.segments()).hasSize(2);
        assertThat(fixture.job.bytesWritten()).isGreaterThanOrEqualTo(2 * BYTES);
        for (int task = 0; task < 5; task++) {
            Block block = fixture.store.find(task).borrow();
            assertThat(block.buffers().getFirst().segment().isMapped()).as("task %d", task).isEqualTo(task < 2);
            StoreFixture.assertColumns(block, task);
            block.release();
        }
        assertThat(fixture.accountant.reservedBytes()).as("mapped files are not counted").isEqualTo(3 * BYTES);
        fixture.release(0, 1, 2, 3, 4);
        assertThat(fixture.segments()).isEmpty();
    }

    @Test
    void aBlockInUse_isNotSpilled() {
        fixture.putColumns(0);
        fixture.putColumns(1);
        Block inUse = fixture.store.find(0).borrow();
        fixture.putColumns(2);
        fixture.putColumns(3);
        assertThat(inUse.buffers().getFirst().segment().isMapped()).isFalse();
        Block one = fixture.store.find(1).borrow();
        assertThat(one.buffers().getFirst().segment().isMapped()).isTrue();
        inUse.release();
        one.release();
        fixture.release(0, 1, 2, 3);
    }

    @Test
    void whenAllBlocksAreInUse_theyAreWrittenForTheNextReader() {
        for (int task = 0; task < 3; task++) {
            fixture.putColumns(task);
        }
        List<Block> inUse =
                List.of(fixture.store.find(0).borrow(), fixture.store.find(1).borrow(), fixture.store.find(2).borrow());
        try (Reservation memory = fixture.accountant.reserve("test", 0)) {
            assertThat(memory.tryGrow(2 * BYTES)).as("nothing is free yet").isFalse();
            assertThat(fixture.segments()).hasSize(2);
            inUse.forEach(Block::release);
            assertThat(memory.tryGrow(2 * BYTES)).isTrue();
        }
        assertThat(fixture.isMapped(0)).isTrue();
        assertThat(fixture.isMapped(1)).isTrue();
        assertThat(fixture.isMapped(2)).isFalse();
        fixture.release(0, 1, 2);
    }

    @Test
    void aBlockInUseBefore_isSpilledLater() {
        fixture.putColumns(0);
        Block inUse = fixture.store.find(0).borrow();
        fixture.putColumns(1);
        fixture.putColumns(2);
        fixture.putColumns(3);
        inUse.release();
        fixture.putColumns(4);
        assertThat(fixture.isMapped(0)).isTrue();
        fixture.release(0, 1, 2, 3, 4);
    }

    @Test
    void aMappedBlock_outlivesItsResult() {
        for (int task = 0; task < 4; task++) {
            fixture.putColumns(task);
        }
        Block block = fixture.store.find(0).borrow();
        fixture.release(0);
        assertThat(fixture.segments()).hasSize(1);
        assertThat(longs(block)).isEqualTo(StoreFixture.longs(0));
        block.release();
        assertThat(fixture.segments()).isEmpty();
        fixture.release(1, 2, 3);
    }

    @Test
    void aBufferOfAMappedBlock_outlivesTheBlock() {
        for (int task = 0; task < 4; task++) {
            fixture.putColumns(task);
        }
        Block block = fixture.store.find(0).borrow();
        Buffer kept = block.buffers().getFirst().slice(8, 16).retain();
        block.release();
        fixture.release(0, 1, 2, 3);
        assertThat(kept.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(StoreFixture.longs(0)[1]);
        kept.release();
        assertThat(fixture.segments()).isEmpty();
    }

    @Test
    void objects_areNeverSpilled() {
        try (Reservation memory = fixture.accountant.reserve("test", 0)) {
            Buffer buffer = memory.allocate(BYTES);
            fixture.store.put(0, StoreFixture.key(0), Block.object("value", BYTES, List.of(buffer)), 0,
                    fixture.storage);
        }
        try (Reservation memory = fixture.accountant.reserve("test", 0)) {
            assertThat(memory.tryGrow(3 * BYTES)).isFalse();
        }
        assertThat(fixture.segments()).isEmpty();
        fixture.release(0);
    }

    @Test
    void sharedHolds_keepAResult() {
        fixture.putColumns(0);
        StoredResult shared = fixture.store.find(0).retain();
        fixture.release(0);
        Block block = shared.borrow();
        assertThat(longs(block)).isEqualTo(StoreFixture.longs(0));
        block.release();
        shared.release();
        assertThat(fixture.accountant.reservedBytes()).isZero();
    }

    @Test
    void whatIsNeededLatest_isSpilledFirst() {
        fixture.putColumns(0, 20);
        fixture.putColumns(1, 40);
        fixture.putColumns(2, 30);
        fixture.putColumns(3, 50);
        fixture.putColumns(4, 10);
        assertThat(fixture.isMapped(0)).isFalse();
        assertThat(fixture.isMapped(1)).as("the first to go").isTrue();
        assertThat(fixture.isMapped(2)).isFalse();
        assertThat(fixture.isMapped(3)).as("the second").isTrue();
        assertThat(fixture.isMapped(4)).isFalse();
        fixture.release(0, 1, 2, 3, 4);
    }

    @Test
    void aBlockThatEndsInEmptyBuffers_isReadBack() {
        try (Reservation memory = fixture.accountant.reserve("test", 0)) {
            List<Buffer> buffers = List.of(memory.allocate(0), memory.allocate(10), memory.allocate(0));
            buffers.get(1).segment().fill((byte) 7);
            fixture.store.put(0, StoreFixture.key(0), Block.columns(10, new byte[0], buffers), 0, fixture.storage);
        }
        fixture.store.spillAll();
        Block block = fixture.store.find(0).borrow();
        assertThat(block.buffers()).extracting(Buffer::byteSize).containsExactly(0L, 10L, 0L);
        assertThat(block.buffers().get(1).segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(7);
        block.release();
        fixture.release(0);
    }

    @Test
    void aResultWithoutBytes_isNeverSpilled() {
        fixture.store.put(0, StoreFixture.key(0), Block.columns(5, new byte[] {9}, List.of()), 0, fixture.storage);
        fixture.store.spillAll();
        assertThat(fixture.segments()).isEmpty();
        Block block = fixture.store.find(0).borrow();
        assertThat(block.header()).containsExactly(9);
        block.release();
        fixture.release(0);
    }

    @Test
    void aResult_isRefusedAfterItsLastRelease() {
        fixture.putColumns(0);
        fixture.putValue(1, "small", 10, 0);
        StoredResult columns = fixture.store.remove(0);
        StoredResult value = fixture.store.remove(1);
        for (StoredResult result : List.of(columns, value)) {
            result.release();
            assertThatThrownBy(result::borrow).hasMessageContaining("borrowed after its last release");
            assertThatThrownBy(result::retain).hasMessageContaining("retained after its last release");
            assertThatThrownBy(result::release).hasMessageContaining("released more often than retained");
        }
    }

    @Test
    void aThreadThatIsInterrupted_writesAndReadsAllTheSame() {
        fixture.putColumns(0);
        fixture.putText(1);
        Thread.currentThread().interrupt();
        fixture.store.spillAll();
        assertThat(fixture.job.totals().filesWritten()).isEqualTo(2);
        fixture.assertColumns(0);
        assertThat(fixture.value(1)).isEqualTo(StoreFixture.text(1));
        assertThat(Thread.interrupted()).as("kept for later").isTrue();
        fixture.release(0, 1);
    }

    @Test
    void counters_tellWhatSpillingDid() {
        for (int task = 0; task < 5; task++) {
            fixture.putColumns(task);
        }
        fixture.assertColumns(0);
        SpillCounters.Totals job = fixture.job.totals();
        assertThat(job.filesWritten()).isEqualTo(2);
        assertThat(job.bytesWritten()).isBetween(2 * BYTES, 2 * BYTES + 1000).isEqualTo(fixture.store.diskBytes());
        assertThat(job.filesRead()).isEqualTo(1);
        assertThat(job.bytesRead()).isEqualTo(job.bytesWritten() / 2);
        assertThat(job.writeNanos()).isPositive();
        assertThat(job.readNanos()).isPositive();
        assertThat(job.resultsLost()).isZero();
        assertThat(fixture.store.counters().totals()).isEqualTo(job);
        SpillCounters other = fixture.store.counters().part();
        assertThat(other.totals().filesWritten()).as("of another job").isZero();
        fixture.release(0, 1, 2, 3, 4);
    }

    @Test
    void counters_knowWhatIsOnDiskNow() {
        for (int task = 0; task < 5; task++) {
            fixture.putColumns(task);
        }
        fixture.putText(5);
        fixture.store.spillAll();
        assertThat(fixture.job.bytesOnDisk()).isEqualTo(fixture.store.diskBytes()).isPositive();
        fixture.assertColumns(0);
        assertThat(fixture.value(5)).isEqualTo(StoreFixture.text(5));
        assertThat(fixture.job.bytesOnDisk()).as("what was read is still there").isEqualTo(fixture.store.diskBytes());
        long changes = fixture.job.changeCount();
        fixture.release(0, 1);
        assertThat(fixture.job.changeCount()).isGreaterThan(changes);
        assertThat(fixture.job.bytesOnDisk()).isEqualTo(fixture.store.diskBytes()).isPositive();
        fixture.release(2, 3, 4, 5);
        assertThat(fixture.job.bytesOnDisk()).isZero();
        assertThat(fixture.store.counters().bytesOnDisk()).isZero();
    }

    @Test
    void whatADeadProcessLeft_isRemovedAtTheNextStart_andNothingElse() throws IOException {
        Path dead = Files.createDirectory(directory.resolve("lazuli-spill-4194999-1"));
        Files.createFile(dead.resolve("1.seg"));
        long own = ProcessHandle.current().pid();
        Path alive = Files.createDirectory(directory.resolve("lazuli-spill-" + own + "-99999"));
        Path other = Files.createDirectory(directory.resolve("lazuli-spill-notes"));
        SpillDirectory.open(new StoreOptions(0, directory, Long.MAX_VALUE), new LocalDisk()).close();
        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
        assertThat(other).exists();
        Files.delete(alive);
        Files.delete(other);
    }

    private static long[] longs(Block block) {
        return block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_LONG);
    }
}

package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.FileUse;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that tasks work in: claimed like spill, gone with their last use, and an error where the disk does not take them.
class OverflowFilesTest {
    private static final long BYTES = 3 << 20;

    @TempDir
    Path directory;

    private static Buffer allocate(Reservation memory) {
        memory.useFiles(FileUse.INSTEAD_OF_FAILING);
        return memory.allocate(BYTES);
    }

    @Test
    void aBufferLargerThanTheMemory_isAFile_countedAndGoneAfterItsUse() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, 3)) {
            try (Reservation memory = fixture.accountant.reserve("test", 0)) {
                Buffer buffer = allocate(memory);
                buffer.segment().set(ValueLayout.JAVA_LONG, BYTES - 8, 42);
                assertThat(fixture.segments()).hasSize(1);
                assertThat(fixture.store.diskBytes()).isEqualTo(BYTES);
                assertThat(fixture.store.counters().bytesOnDisk()).isEqualTo(BYTES);
                assertThat(buffer.segment().get(ValueLayout.JAVA_LONG, BYTES - 8)).isEqualTo(42);
            }
            assertThat(fixture.segments()).isEmpty();
            assertThat(fixture.store.diskBytes()).isZero();
            assertThat(fixture.store.counters().bytesOnDisk()).isZero();
        }
    }

    @Test
    void aResultOnSuchAFile_isKeptAsItIs() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, 3)) {
            try (Reservation memory = fixture.accountant.reserve("test", 0)) {
                Block block = Block.columns(1, new byte[0], List.of(allocate(memory)));
                fixture.store.put(1, StoreFixture.key(1), block, 0, fixture.storage);
            }
            fixture.store.spillAll();
            assertThat(fixture.segments()).as("the file it was made in, and no other").hasSize(1);
            Block borrowed = fixture.store.find(1).borrow();
            assertThat(borrowed.byteSize()).isEqualTo(BYTES);
            borrowed.release();
            fixture.release(1);
            assertThat(fixture.segments()).isEmpty();
        }
    }

    @Test
    void aDiskThatFillsUp_isATypedError_andNothingIsLeft() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, 3);
                Reservation memory = fixture.accountant.reserve("test", 0)) {
            fixture.disk.writableBytes = BYTES / 2;
            fixture.disk.pieceBytes = 100_000;
            assertThatThrownBy(() -> allocate(memory))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageContaining("Cannot spill 3,145,728 bytes to " + directory + ": No space left on device");
            assertThat(fixture.segments()).isEmpty();
            assertThat(fixture.store.diskBytes()).isZero();
            fixture.disk.writableBytes = Long.MAX_VALUE;
            assertThat(allocate(memory).byteSize()).isEqualTo(BYTES);
        }
    }

    @Test
    void theSpillLimit_holdsForThem() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, 3, BYTES + 10);
                Reservation memory = fixture.accountant.reserve("test", 0)) {
            Buffer first = allocate(memory);
            assertThatThrownBy(() -> allocate(memory))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageContaining("lazuli.spill-limit");
            assertThat(fixture.segments()).hasSize(1);
            memory.free(first);
            assertThat(allocate(memory).byteSize()).isEqualTo(BYTES);
        }
    }
}

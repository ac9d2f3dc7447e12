package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is refused comes from files where its owner says so, and from nowhere else.
class OverflowTest {
    private static final long LIMIT = 1 << 20;
    private static final long LARGE = 100_000;

    @TempDir
    Path directory;

    private final MemoryAccountant accountant = MemoryAccountant.create(LIMIT);
    private int made;
    private int mapped;
    private long writable = Long.MAX_VALUE;

    private Overflow.Pages map(long byteSize) {
        if (byteSize > writable) {
            throw new LazuliException(ErrorCode.RESOURCE, "the disk is full");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel file = FileChannel.open(
                directory.resolve("file" + made++), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            mapped++;
            return new Overflow.Pages(file.map(FileChannel.MapMode.READ_WRITE, 0, byteSize, arena), () -> {
                mapped--;
                arena.close();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reservation full(FileUse use) {
        accountant.overflowTo(this::map);
        Reservation task = accountant.reserve("task", LIMIT);
        task.allocate(LIMIT);
        task.useFiles(use);
        return task;
    }

    @Test
    void withoutFilesNothingChanges() {
        try (Reservation task = full(FileUse.NEVER)) {
            assertThat(task.canOverflow()).isFalse();
            assertThat(task.tryAllocate(LARGE)).isEmpty();
            assertThatThrownBy(() -> task.allocate(LARGE)).hasMessageStartingWith("Out of memory: task needs");
        }
        try (Reservation task = MemoryAccountant.create(LIMIT).reserve("alone", 0)) {
            task.useFiles(FileUse.INSTEAD_OF_REFUSING);
            assertThat(task.canOverflow()).as("an accountant without overflow").isFalse();
            assertThat(task.refusesNothing()).isFalse();
            assertThat(task.tryAllocate(2 * LIMIT)).isEmpty();
        }
        assertThat(made).isZero();
        accountant.close();
    }

    @Test
    void insteadOfFailing_refusesWhatMayBeRefused() {
        try (Reservation task = full(FileUse.INSTEAD_OF_FAILING)) {
            assertThat(task.tryAllocate(LARGE)).isEmpty();
            assertThat(task.refusesNothing()).isFalse();
            Buffer buffer = task.allocate(LARGE);
            assertThat(buffer.byteSize()).isEqualTo(LARGE);
            assertThat(buffer.segment().isMapped()).isTrue();
            buffer.segment().fill((byte) 7);
            assertThat(accountant.reservedBytes()).as("files do not count").isEqualTo(LIMIT);
        }
        assertThat(mapped).isZero();
        assertThat(accountant.liveBufferCount()).isZero();
        accountant.close();
    }

    @Test
    void insteadOfRefusing_refusesNothing() {
        try (Reservation task = full(FileUse.INSTEAD_OF_REFUSING)) {
            assertThat(task.tryAllocate(LARGE)).hasValueSatisfying(
                    buffer -> assertThat(buffer.segment().isMapped()).isTrue());
            assertThat(task.useFiles(FileUse.INSTEAD_OF_FAILING)).isEqualTo(FileUse.INSTEAD_OF_REFUSING);
            assertThat(task.tryAllocate(LARGE)).isEmpty();
        }
        accountant.close();
    }

    @Test
    void always_takesFilesForAllButSmallPieces() {
        accountant.overflowTo(this::map);
        try (Reservation task = accountant.reserve("task", 0)) {
            task.useFiles(FileUse.ALWAYS);
            assertThat(task.allocate(LARGE).segment().isMapped()).isTrue();
            assertThat(task.allocate(100).segment().isMapped()).isFalse();
        }
        accountant.close();
    }

    @Test
    void filesAreReusedWhileOneIsInUse_andGoneAfterTheLast() {
        try (Reservation task = full(FileUse.INSTEAD_OF_FAILING)) {
            Buffer kept = task.allocate(LARGE);
            for (int i = 0; i < 10; i++) {
                task.free(task.allocate(LARGE));
                task.free(task.allocate(64));
            }
            assertThat(made).as("one kept, one reused, one for small pieces").isEqualTo(3);
            task.free(kept);
            assertThat(mapped).isZero();
        }
        accountant.close();
    }

    @Test
    void whatTheDiskDoesNotTake_isItsError() {
        try (Reservation task = full(FileUse.INSTEAD_OF_FAILING)) {
            writable = LARGE / 2;
            assertThatThrownBy(() -> task.allocate(LARGE)).hasMessage("the disk is full");
            writable = Long.MAX_VALUE;
            assertThat(task.allocate(LARGE).byteSize()).isEqualTo(LARGE);
        }
        assertThat(mapped).isZero();
        accountant.close();
    }

    @Test
    void aBufferOnFilesThatIsNeverReleased_isALeak() {
        Reservation task = full(FileUse.INSTEAD_OF_FAILING);
        Buffer leaked = task.allocate(LARGE).retain();
        task.close();
        assertThatThrownBy(accountant::close).hasMessageContaining("1 buffers").hasMessageContaining("task");
        leaked.release();
        accountant.close();
    }
}

package io.lazuli.scheduler.internal.store;

import static io.lazuli.scheduler.internal.store.StoreFixture.BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that takes no more fails who needs the memory, with what to do about it, and nothing else: what is in memory stays,
/// what is on disk is still read, and there is no half of a file.
class FullDiskTest {
    private static final int VALUES = 16;
    private static final long FILE_BYTES = 320 + BYTES;
    /// Of that, without padding: preamble, header, cuts, an index of nothing, buffer.
    private static final long WRITTEN_BYTES = 168 + 3 + 24 + BYTES;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, BYTES / 2, BYTES, BYTES + 3 + 24, WRITTEN_BYTES - 1})
    void noSpaceInTheMiddleOfAFile_failsWhoNeedsTheMemory(long writableBytes) {
        try (StoreFixture fixture = new StoreFixture(directory, 3, VALUES)) {
            fixture.disk.writableBytes = WRITTEN_BYTES + writableBytes;
            fixture.disk.pieceBytes = 1000;
            for (int task = 0; task < 4; task++) {
                fixture.putColumns(task);
            }
            assertThat(fixture.segments()).hasSize(1);
            assertRefused(() -> fixture.putColumns(4),
                    "Cannot spill 8,192 bytes to " + directory + ": No space left on device.");
            assertThat(fixture.segments()).as("half a file is taken away").hasSize(1);
            assertThat(fixture.store.diskBytes()).isEqualTo(FILE_BYTES);
            for (int task = 0; task < 4; task++) {
                fixture.assertColumns(task);
            }
            fixture.disk.writableBytes = Long.MAX_VALUE;
            fixture.putColumns(4);
            fixture.assertColumns(4);
            fixture.release(0, 1, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noSpaceForValues_isToleratedUpToHalfAsMuchAgainAsTheBudget(boolean wraps) {
        try (StoreFixture fixture = new StoreFixture(directory, 1, VALUES)) {
            fixture.disk.writableBytes = 150;
            fixture.format.wrapsFailures = wraps;
            int most = VALUES * 3 / 2;
            for (int task = 0; task < most; task++) {
                fixture.putText(task);
            }
            assertRefused(() -> {
                for (int task = most; task < most + 3; task++) {
                    fixture.putText(task);
                }
            }, "Cannot spill 8,192 bytes to " + directory + ": No space left on device.");
            int kept = (int) (fixture.store.heapBytes() / BYTES);
            assertThat(kept).isBetween(most, most + 2);
            assertThat(fixture.segments()).isEmpty();
            assertThat(fixture.store.diskBytes()).isZero();
            fixture.disk.writableBytes = Long.MAX_VALUE;
            fixture.store.spillAll();
            assertThat(fixture.store.heapBytes()).as("they can still go").isZero();
            for (int task = 0; task < kept; task++) {
                assertThat(fixture.value(task)).isEqualTo(StoreFixture.text(task));
                fixture.release(task);
            }
        }
    }

    @Test
    void aDiskThatFailsAtTheEndOfAFile_isNoticed() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, VALUES)) {
            fixture.putColumns(0);
            fixture.putText(1);
            fixture.disk.failsToClose = true;
            assertRefused(fixture.store::spillAll, "Cannot spill 8,192 bytes");
            assertThat(fixture.segments()).isEmpty();
            fixture.disk.failsToClose = false;
            fixture.store.spillAll();
            fixture.assertColumns(0);
            fixture.release(0, 1);
        }
    }

    @Test
    void aReadOnlyDisk_isNamed() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, VALUES)) {
            fixture.disk.failsToCreate = true;
            fixture.putColumns(0);
            fixture.putText(1);
            assertRefused(fixture.store::spillAll, "Cannot spill 8,192 bytes to " + directory
                    + ": Read-only file system. Free space there, or set lazuli.spill-directory to a directory that is writable and large enough.");
            fixture.assertColumns(0);
            fixture.release(0, 1);
        }
    }

    @Test
    void aFileInPlaceOfTheDirectory_isNamed() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        MemoryAccountant accountant = MemoryAccountant.create(BYTES);
        try (ResultStore store =
                ResultStore.open(accountant, new StoreOptions(BYTES, file, Long.MAX_VALUE))) {
            store.ensureCapacity(1);
            try (Reservation memory = accountant.reserve("test", 0)) {
                List<Buffer> buffers = List.of(memory.allocate(BYTES));
                Block block = Block.columns(1, new byte[0], buffers);
                store.put(0, StoreFixture.key(0), block, 0, store.newJob());
            }
            assertRefused(store::spillAll, "Cannot spill 8,192 bytes to " + file + ": ");
            store.remove(0).release();
        }
        accountant.close();
    }

    @Test
    void theSpillLimit_holdsToTheByte() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, VALUES, 2 * FILE_BYTES)) {
            for (int task = 0; task < 5; task++) {
                fixture.putColumns(task);
            }
            assertThat(fixture.store.diskBytes()).isEqualTo(2 * FILE_BYTES);
            assertRefused(() -> fixture.putColumns(5), "Cannot spill 8,512 bytes to " + directory
                    + ": 17,024 of the 17,024 bytes that lazuli.spill-limit allows are in use. Raise it, raise the memory limit, or use more partitions.");
            assertThat(fixture.segments()).hasSize(2);
            fixture.release(0);
            fixture.putColumns(5);
            for (int task = 1; task < 6; task++) {
                fixture.assertColumns(task);
            }
            fixture.release(1, 2, 3, 4, 5);
        }
    }

    @Test
    void theSpillLimit_holdsForValuesToo() {
        try (StoreFixture fixture = new StoreFixture(directory, 1, VALUES, 500)) {
            fixture.putText(0);
            fixture.putText(1);
            assertRefused(fixture.store::spillAll, "of the 500 bytes that lazuli.spill-limit allows are in use");
            assertThat(fixture.segments()).hasSize(1);
            assertThat(fixture.store.heapBytes()).isEqualTo(BYTES);
            assertThat(fixture.value(0)).isEqualTo(StoreFixture.text(0));
            assertThat(fixture.value(1)).isEqualTo(StoreFixture.text(1));
            fixture.release(0, 1);
        }
    }

    @Test
    void theLastPartOfADisk_isLeftToOthers() {
        try (StoreFixture fixture = new StoreFixture(directory, 3, VALUES)) {
            fixture.putColumns(0);
            fixture.disk.space = new Disk.Space(FILE_BYTES + 50_000 - 1, 1_000_000);
            assertRefused(fixture.store::spillAll, "Cannot spill 8,512 bytes to " + directory
                    + ": that disk has 58,511 bytes free, of which 50,000 are left to others. Free space there, or set lazuli.spill-directory to a directory that is large enough.");
            fixture.disk.space = new Disk.Space((1L << 30) + FILE_BYTES - 1, 1L << 50);
            assertRefused(fixture.store::spillAll, "of which 1,073,741,824 are left to others");
            fixture.disk.space = new Disk.Space((1L << 30) + FILE_BYTES, 1L << 50);
            fixture.store.spillAll();
            assertThat(fixture.segments()).hasSize(1);
            fixture.release(0);
        }
    }

    @Test
    void aFileThatCannotBeRemoved_staysCounted_andGoesWithTheDirectory() {
        StoreFixture fixture = new StoreFixture(directory, 3, VALUES);
        fixture.putText(0);
        fixture.store.spillAll();
        long bytes = fixture.store.diskBytes();
        fixture.disk.failsToDelete = true;
        fixture.release(0);
        assertThat(fixture.store.diskBytes()).isEqualTo(bytes);
        assertThat(fixture.segments()).hasSize(1);
        fixture.store.close();
        assertThat(directory).isEmptyDirectory();
        fixture.accountant.close();
    }

    /// Where the tests run as root and may mount; elsewhere it is skipped, and the tests above stand in for it.
    @Test
    void aDiskThatIsReallyFull_failsWhoNeedsTheMemory() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
                "SKIPPED: no tmpfs can be mounted here, so no disk is really full");
        try {
            StoreFixture fixture = new StoreFixture(disk, 3, VALUES);
            // To the last byte, as if somebody else were taking what the store means to leave.
            fixture.disk.space = new Disk.Space(Long.MAX_VALUE, 0);
            LazuliException failure = catchThrowableOfType(LazuliException.class, () -> {
                for (int task = 0; task < 100; task++) {
                    fixture.putColumns(task);
                }
            });
            assertThat(failure).hasMessageStartingWith(
                    "Cannot spill 8,192 bytes to " + disk + ": No space left on device.");
            int spilled = fixture.segments().size();
            assertThat(spilled).isBetween(4, 7);
            assertThat(fixture.store.diskBytes()).isEqualTo(spilled * FILE_BYTES);
            for (int task = 0; task < spilled + 3; task++) {
                fixture.assertColumns(task);
            }
            fixture.disk.space = null;
            assertRefused(() -> fixture.putColumns(100), "are left to others");
            for (int task = 0; task < spilled + 3; task++) {
                fixture.release(task);
            }
            fixture.close();
        } finally {
            assertThat(run("umount", "-l", disk.toString())).as("unmounted").isTrue();
        }
    }

    @Test
    void aDiskThatIsReallyReadOnly_failsWhoNeedsTheMemory() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", disk.toString()),
                "SKIPPED: no tmpfs can be mounted here, so no disk is really read-only");
        try (StoreFixture fixture = new StoreFixture(disk, 3, VALUES)) {
            fixture.putColumns(0);
            assertRefused(fixture.store::spillAll, "Cannot spill 8,192 bytes to " + disk + ": ");
            fixture.assertColumns(0);
            fixture.release(0);
        } finally {
            assertThat(run("umount", "-l", disk.toString())).as("unmounted").isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessageContaining(message);
    }
}

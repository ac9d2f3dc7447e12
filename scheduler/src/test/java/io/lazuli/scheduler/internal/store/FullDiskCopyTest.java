package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that takes no more refuses what would be exported or received, with what to do about it; nothing is lost by it, and there
/// is no half of a file.
class FullDiskCopyTest {
    private static final int TASK = 1;
    private static final int SIZE = 100_000;
    private static final TextObject MAKER = new TextObject();

    @TempDir
    Path directory;

    private static void put(StoreFixture fixture, Block.Kind kind) {
        try (Reservation memory = fixture.accountant.reserve("test", 0)) {
            Block block = switch (kind) {
                case COLUMNS -> {
                    Buffer buffer = memory.allocate(SIZE);
                    buffer.segment().fill((byte) 3);
                    yield Block.columns(1, new byte[0], List.of(buffer));
                }
                case VALUE -> Block.value("v".repeat(SIZE), SIZE);
                case OBJECT -> TextObject.object("o".repeat(SIZE), memory);
            };
            fixture.store.put(TASK, StoreFixture.key(TASK), block, 0, fixture.storage);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResultThatCannotBeWritten_staysAndIsExportedLater(Block.Kind kind) {
        try (StoreFixture fixture = new StoreFixture(directory, 20, 20)) {
            put(fixture, kind);
            for (long writable : new long[] {0, 1, 200, SIZE / 2, SIZE - 1}) {
                fixture.disk.writableBytes = writable;
                assertRefused(() -> fixture.store.find(TASK).export(MAKER), "No space left on device");
            }
            fixture.disk.writableBytes = Long.MAX_VALUE;
            fixture.disk.failsToClose = true;
            assertRefused(() -> fixture.store.find(TASK).export(MAKER), "No space left on device");
            fixture.disk.failsToClose = false;
            fixture.disk.space = new Disk.Space(SIZE / 4, SIZE);
            assertRefused(() -> fixture.store.find(TASK).export(MAKER), "are left to others");
            assertThat(fixture.segments()).isEmpty();
            assertThat(fixture.store.diskBytes()).isZero();
            fixture.store.find(TASK).borrow().release();
            fixture.disk.space = null;
            fixture.store.find(TASK).export(MAKER).close();
            fixture.release(TASK);
        }
    }

    private static ResultCopies.Wanted wanted(StoreFixture fixture) {
        return new ResultCopies.Wanted(StoreFixture.key(TASK), MAKER, 0, fixture.storage);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 50_000, SIZE - 1})
    void noSpaceInTheMiddleOfAnIncomingFile_takesItAway(long writable) {
        try (StoreFixture fixture = new StoreFixture(directory, 20, 20)) {
            fixture.disk.writableBytes = writable;
            fixture.disk.pieceBytes = 700;
            try (IncomingFile incoming = fixture.store.copies().receive(wanted(fixture), SIZE)) {
                assertRefused(() -> incoming.write(ByteBuffer.allocate(SIZE)),
                        "Cannot spill 100,000 bytes to " + directory + ": No space left on device.");
            }
            assertThat(fixture.segments()).isEmpty();
            assertThat(fixture.store.diskBytes()).isZero();
        }
    }

    @Test
    void anIncomingFileForWhichThereIsNoRoom_isRefusedBeforeItsFirstByte() {
        try (StoreFixture fixture = new StoreFixture(directory, 20, 20, SIZE)) {
            ResultCopies copies = fixture.store.copies();
            IncomingFile first = copies.receive(wanted(fixture), SIZE - 10);
            assertRefused(() -> copies.receive(wanted(fixture), 11),
                    "99,990 of the 100,000 bytes that lazuli.spill-limit allows are in use");
            assertRefused(() -> copies.receive(wanted(fixture), Long.MAX_VALUE), "lazuli.spill-limit");
            assertThat(fixture.segments()).hasSize(1);
            first.close();
            fixture.disk.failsToCreate = true;
            assertRefused(() -> copies.receive(wanted(fixture), 10), "Read-only file system");
        }
    }

    @Test
    void aDiskThatFailsAtTheEndOfAnIncomingFile_isNoticed() {
        try (StoreFixture fixture = new StoreFixture(directory, 20, 20)) {
            fixture.disk.failsToClose = true;
            try (IncomingFile incoming = fixture.store.copies().receive(wanted(fixture), 100)) {
                incoming.write(ByteBuffer.allocate(100));
                assertRefused(incoming::finish, "No space left on device");
            }
            assertThat(fixture.segments()).isEmpty();
        }
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                .hasMessageContaining(message);
    }
}

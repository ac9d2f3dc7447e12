package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever becomes of a segment on its way, nothing of it is used: the copy is lost, for a reason, and leaves nothing behind.
class DamagedCopyTest {
    private static final TextObject MAKER = new TextObject();

    @TempDir
    Path directory;

    private StoreFixture reader;

    @BeforeEach
    void open() {
        reader = new StoreFixture(directory, 3, 3);
    }

    @AfterEach
    void nothingIsLeft() {
        reader.close();
    }

    enum Way {
        MAPPED {
            @Override
            StoredResult fetch(ResultCopies copies, ResultCopies.Wanted wanted, byte[] segment) throws IOException {
                Path file = Files.createTempFile("segment", "");
                try {
                    Files.write(file, segment);
                    return copies.map(wanted, file);
                } finally {
                    Files.delete(file);
                }
            }
        },
        RECEIVED {
            @Override
            StoredResult fetch(ResultCopies copies, ResultCopies.Wanted wanted, byte[] segment) {
                try (IncomingFile incoming = copies.receive(wanted, segment.length)) {
                    incoming.write(ByteBuffer.wrap(segment));
                    return incoming.finish();
                }
            }
        },
        INLINE {
            @Override
            StoredResult fetch(ResultCopies copies, ResultCopies.Wanted wanted, byte[] segment) {
                return copies.read(wanted, segment);
            }
        };

        abstract StoredResult fetch(ResultCopies copies, ResultCopies.Wanted wanted, byte[] segment)
                throws IOException;
    }

    private byte[] segment(Block.Kind kind, int task) {
        try (Reservation memory = reader.accountant.reserve("test", 0)) {
            Block block = switch (kind) {
                case COLUMNS -> Block.partitioned(
                        20, new byte[] {1, 2, 3}, List.of(memory.allocate(100), memory.allocate(40)),
                        new long[] {0, 10, 20});
                case VALUE -> Block.value("a value of a user's program", 100, 7, 0, 3, 7);
                case OBJECT -> TextObject.object("an object of one process", memory);
            };
            block.buffers().forEach(buffer -> buffer.segment().fill((byte) 'x'));
            try {
                return (switch (kind) {
                    case VALUE -> SegmentBytes.of(StoreFixture.key(task), block, reader.format);
                    case COLUMNS, OBJECT -> SegmentBytes.of(kind, StoreFixture.key(task), block);
                }).bytes();
            } finally {
                block.release();
            }
        }
    }

    private ResultCopies.Wanted wanted() {
        return new ResultCopies.Wanted(StoreFixture.key(1), MAKER, 0, reader.storage);
    }

    private String assertLost(Way way, byte[] segment, String how) {
        LostResultException lost = catchThrowableOfType(
                LostResultException.class, () -> way.fetch(reader.store.copies(), wanted(), segment));
        assertThat(lost).as(how).isNotNull();
        assertThat(lost.key()).isEqualTo(StoreFixture.key(1));
        assertThat(reader.segments()).as(how).isEmpty();
        assertThat(reader.accountant.reservedBytes()).as(how).isZero();
        return lost.why();
    }

    @ParameterizedTest
    @EnumSource
    void anyChangedByte_isFound(Way way) {
        for (Block.Kind kind : Block.Kind.values()) {
            byte[] whole = segment(kind, 1);
            for (int at = 0; at < whole.length; at++) {
                for (int mask : new int[] {0x01, 0x80, 0xFF}) {
                    byte[] changed = whole.clone();
                    changed[at] ^= (byte) mask;
                    assertLost(way, changed, kind + ", byte " + at + " ^ " + mask);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyOtherLength_isFound(Way way) {
        for (Block.Kind kind : Block.Kind.values()) {
            byte[] whole = segment(kind, 1);
            for (int length = 0; length < whole.length; length++) {
                assertLost(way, Arrays.copyOf(whole, length), kind + " cut to " + length);
            }
            assertLost(way, Arrays.copyOf(whole, whole.length + 64), kind + " with more behind");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherResult_isFound(Way way) throws IOException {
        for (Block.Kind kind : Block.Kind.values()) {
            assertThat(assertLost(way, segment(kind, 2), "another key")).isEqualTo("it holds another result");
            assertThat(assertLost(way, new byte[400], "zeros")).isEqualTo("it is not a segment file");
            way.fetch(reader.store.copies(), wanted(), segment(kind, 1)).release();
        }
        assertThat(reader.job.totals().resultsLost()).isEqualTo(6);
    }

    @Test
    void aFileThatIsGoneOrNone_isFound() throws IOException {
        ResultCopies copies = reader.store.copies();
        LostResultException gone = catchThrowableOfType(
                LostResultException.class, () -> copies.map(wanted(), directory.resolve("none")));
        assertThat(gone.why()).isEqualTo("it is gone");
        assertThat(gone).hasMessage(
                "result 00000000:1 was fetched as " + directory.resolve("none") + " and cannot be read: it is gone");
        assertThat(catchThrowableOfType(LostResultException.class, () -> copies.map(wanted(), directory))).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"MAPPED", "RECEIVED"})
    void aMediumThatFails_losesTheCopy(Way way) {
        byte[] whole = segment(Block.Kind.COLUMNS, 1);
        for (int bytes : new int[] {0, 10, 64, 200, whole.length}) {
            reader.disk.readableBytes = bytes;
            assertThat(assertLost(way, whole, "after " + bytes)).isEqualTo("java.io.IOException: Input/output error");
        }
    }
}

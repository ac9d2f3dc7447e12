package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is done to a file before it is read, it is found, the file is removed, and the reason stays known.
class DamagedFileTest {
    private static final int TASK = 3;

    @TempDir
    Path directory;

    private StoreFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StoreFixture(directory, 3, 3);
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    /// A part of a file, and every byte that belongs to it.
    record Part(String name, int from, int to) {}

    enum Spilled {
        COLUMNS(List.of(
                new Part("magic", 0, 8), new Part("version", 8, 12), new Part("kind", 12, 16),
                new Part("key", 16, 40), new Part("row count", 40, 48), new Part("length", 48, 56),
                new Part("section count", 56, 64), new Part("offset of header", 64, 72),
                new Part("length of header", 72, 80), new Part("checksum of header", 80, 88),
                new Part("offset of a buffer", 112, 120), new Part("length of a buffer", 120, 128),
                new Part("checksum of a buffer", 128, 136), new Part("all of the table", 64, 160),
                new Part("checksum of the preamble", 160, 168), new Part("padding of the preamble", 168, 192),
                new Part("header", 192, 195), new Part("padding of the header", 195, 256), new Part("cuts", 256, 280),
                new Part("padding of the cuts", 280, 320), new Part("first buffer", 320, 420),
                new Part("padding between buffers", 420, 448), new Part("last buffer", 448, 488))) {
            @Override
            void put(StoreFixture fixture, int task) {
                try (Reservation memory = fixture.accountant.reserve("test", 0)) {
                    List<Buffer> buffers = List.of(memory.allocate(100), memory.allocate(40));
                    buffers.forEach(buffer -> buffer.segment().fill((byte) task));
                    Block block = Block.partitioned(20, new byte[] {1, 2, 3}, buffers, new long[] {0, 10, 20});
                    fixture.store.put(task, StoreFixture.key(task), block, 0, fixture.storage);
                }
            }
        },
        VALUE(List.of(
                new Part("magic", 0, 8), new Part("version", 8, 12), new Part("kind", 12, 16),
                new Part("key", 16, 40), new Part("row count", 40, 48), new Part("length", 48, 56),
                new Part("section count", 56, 64), new Part("all of the table", 64, 112),
                new Part("checksum of the preamble", 112, 120), new Part("padding of the preamble", 120, 128),
                new Part("value", 128, 368), new Part("padding of the value", 368, 384),
                new Part("measures", 384, 392))) {
            @Override
            void put(StoreFixture fixture, int task) {
                fixture.putText(task);
            }
        };

        final List<Part> parts;

        Spilled(List<Part> parts) {
            this.parts = parts;
        }

        abstract void put(StoreFixture fixture, int task);

        int length() {
            return parts.getLast().to();
        }
    }

    static Stream<Object[]> parts() {
        return Stream.of(Spilled.values())
                .flatMap(kind -> kind.parts.stream().map(part -> new Object[] {kind, part}));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("parts")
    void anyChangedByte_isFound(Spilled kind, Part part) throws IOException {
        for (int at = part.from(); at < part.to(); at++) {
            for (int mask : new int[] {0x01, 0x80, 0xFF}) {
                Path file = spill(kind);
                byte[] bytes = Files.readAllBytes(file);
                assertThat(bytes).as("the table of parts covers the file").hasSize(kind.length());
                bytes[at] ^= (byte) mask;
                Files.write(file, bytes);
                assertLost("byte " + at + " ^ " + mask, file);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileCutShortAnywhere_isFound(Spilled kind) throws IOException {
        for (int length = 0; length < kind.length(); length++) {
            Path file = spill(kind);
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
            assertLost("cut to " + length, file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileWithMoreBehind_isFound(Spilled kind) throws IOException {
        for (int more : new int[] {1, 63, 64, 5000}) {
            Path file = spill(kind);
            Files.write(file, Arrays.copyOf(Files.readAllBytes(file), kind.length() + more));
            assertThat(assertLost("longer by " + more, file).why())
                    .isEqualTo("it has %d bytes instead of %d", kind.length() + more, kind.length());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForeignFileOfTheSameLength_isFound(Spilled kind) throws IOException {
        byte[] random = new byte[kind.length()];
        new Random(5).nextBytes(random);
        byte[] ones = new byte[kind.length()];
        Arrays.fill(ones, (byte) 0xFF);
        for (byte[] foreign : List.of(new byte[kind.length()], ones, random)) {
            Path file = spill(kind);
            Files.write(file, foreign);
            assertThat(assertLost("foreign", file).why()).isEqualTo("it is not a segment file");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileOfAnotherResult_isFound(Spilled kind) throws IOException {
        Path file = spill(kind);
        kind.put(fixture, TASK + 1);
        fixture.store.spillAll();
        Path other = fixture.segments().stream().filter(path -> !path.equals(file)).findFirst().orElseThrow();
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(assertLost("another", file).why()).isEqualTo("it holds another result");
        fixture.release(TASK + 1);
    }

    @Test
    void aFileOfTheOtherKind_isFound() throws IOException {
        Path columns = spill(Spilled.COLUMNS);
        byte[] bytes = Files.readAllBytes(columns);
        fixture.release(TASK);
        Path value = spill(Spilled.VALUE);
        Files.write(value, bytes);
        assertThat(assertLost("columns for a value", value).why()).isEqualTo("it holds another result");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsGone_isFound(Spilled kind) throws IOException {
        Path file = spill(kind);
        Files.delete(file);
        assertThat(assertLost("gone", file).why()).isEqualTo("it is gone");
    }

    @ParameterizedTest
    @EnumSource
    void aDirectoryInItsPlace_isFound(Spilled kind) throws IOException {
        Path file = spill(kind);
        Files.delete(file);
        Files.createDirectory(file);
        assertLost("directory", file);
    }

    @ParameterizedTest
    @EnumSource
    void aWholeDirectoryThatIsGone_isMadeAgain(Spilled kind) throws IOException {
        Path file = spill(kind);
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(file.getParent());
        assertThat(assertLost("all gone", file).why()).isEqualTo("it is gone");
        assertThat(spill(kind)).exists();
        fixture.release(TASK);
    }

    @ParameterizedTest
    @EnumSource
    void aMediumThatFails_losesTheResult(Spilled kind) {
        int[] readable = {0, 10, 64, kind.length() / 2, kind.length()};
        for (int bytes : readable) {
            Path file = spill(kind);
            fixture.disk.readableBytes = bytes;
            assertThat(assertLost("after " + bytes, file).why()).isEqualTo("java.io.IOException: Input/output error");
            fixture.disk.readableBytes = Long.MAX_VALUE;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDiskThatReadsAndWritesPieceByPiece_isEnough(Spilled kind) {
        fixture.disk.pieceBytes = 7;
        spill(kind);
        fixture.store.find(TASK).borrow().release();
        assertThat(fixture.job.totals().filesRead()).isEqualTo(1);
        fixture.release(TASK);
    }

    @Test
    void aLostResult_saysWhyAgainAndAgain_andNobodyElseIsHurt() throws IOException {
        Path file = spill(Spilled.VALUE);
        fixture.putText(7);
        StoredResult shared = fixture.store.find(TASK).retain();
        Files.write(file, new byte[10]);
        LostResultException first = assertLost("cut", file);
        LostResultException second = catchThrowableOfType(LostResultException.class, shared::borrow);
        assertThat(second).isNotSameAs(first).hasMessage(first.getMessage()).hasCause(first.getCause());
        assertThat(second).hasMessage(
                "result 00000000:3 was spilled to " + file + " and cannot be read back: it is cut short to 10 bytes");
        assertThat(second.toError()).hasMessageStartingWith(
                "Result 00000000:3 was spilled to " + file + " and cannot be read back: it is cut short to 10 bytes. ");
        assertThat(second.key()).isEqualTo(StoreFixture.key(TASK));
        assertThat(second.place()).isEqualTo(file.toString());
        assertThat(fixture.job.totals().resultsLost()).isEqualTo(1);
        assertThat(fixture.value(7)).isEqualTo(StoreFixture.text(7));
        shared.release();
        fixture.release(7);
    }

    private Path spill(Spilled kind) {
        List<Path> before = fixture.segments();
        kind.put(fixture, TASK);
        fixture.store.spillAll();
        return fixture.segments().stream().filter(path -> !before.contains(path)).findFirst().orElseThrow();
    }

    /// Releases the result.
    private LostResultException assertLost(String how, Path file) {
        LostResultException lost =
                catchThrowableOfType(LostResultException.class, () -> fixture.store.find(TASK).borrow());
        assertThat(lost).as(how).isNotNull();
        assertThat(lost.place()).isEqualTo(file.toString());
        assertThat(file).as("what is damaged is removed").doesNotExist();
        fixture.release(TASK);
        return lost;
    }
}

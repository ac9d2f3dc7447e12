package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Any result, wherever it is, comes into another store as it is, stays when its holder lets go of it, and leaves nothing behind.
class ResultCopiesPropertyTest {
    private static final TextObject MAKER = new TextObject();
    private static final int LARGEST = 100_000;
    private static final int LEAST_PIECE = 1000;

    /// Where a result is when it is exported.
    enum State {
        IN_MEMORY,
        IN_USE,
        SPILLED,
        READ_BACK,
        READ_BACK_AND_IN_USE
    }

    /// What stands in a block, for comparison.
    private record Contents(
            Block.Kind kind, long rowCount, ByteBuffer header, List<Long> cuts, List<ByteBuffer> buffers,
            Optional<Object> value) {
        static Contents of(Block block) {
            return new Contents(
                    block.kind(), block.rowCount(), ByteBuffer.wrap(block.header()),
                    Arrays.stream(block.cuts()).boxed().toList(),
                    block.kind() == Block.Kind.COLUMNS
                            ? block.buffers().stream().map(Contents::bytes).toList()
                            : List.of(),
                    switch (block.kind()) {
                        case COLUMNS -> Optional.empty();
                        case VALUE -> Optional.of(block.value());
                        case OBJECT -> Optional.of(block.value(String.class));
                    });
        }

        private static ByteBuffer bytes(Buffer buffer) {
            return ByteBuffer.wrap(buffer.segment().toArray(ValueLayout.JAVA_BYTE));
        }
    }

    @Property(tries = 300)
    void anyResult_isCopiedAsItIs(
            @ForAll long seed, @ForAll Block.Kind kind, @ForAll State state, @ForAll Fetch way) throws IOException {
        Path directory = Files.createTempDirectory("copies");
        Path here = Files.createDirectory(directory.resolve("here"));
        Path there = Files.createDirectory(directory.resolve("there"));
        try (StoreFixture holder = new StoreFixture(here, 100, 100);
                StoreFixture reader = new StoreFixture(there, 100, 100)) {
            Random random = new Random(seed);
            holder.disk.pieceBytes = LEAST_PIECE + random.nextInt(LARGEST);
            reader.disk.pieceBytes = LEAST_PIECE + random.nextInt(LARGEST);
            Contents contents = put(holder, 1, kind, random);
            Optional<Block> used = bring(holder, state);

            copy(holder, 1, reader, 2, way);
            assertThat(read(holder, 1)).as("it stays with its holder").isEqualTo(contents);
            holder.release(1);
            used.ifPresent(Block::release);
            assertThat(holder.accountant.reservedBytes()).isZero();

            assertThat(read(reader, 2)).as("the copy").isEqualTo(contents);
            reader.store.spillAll();
            assertThat(read(reader, 2)).as("the copy, spilled and read back").isEqualTo(contents);
            copy(reader, 2, holder, 3, way);
            reader.release(2);
            assertThat(read(holder, 3)).as("a copy of the copy").isEqualTo(contents);
            holder.release(3);
        } finally {
            Files.delete(here);
            Files.delete(there);
            Files.delete(directory);
        }
    }

    private static void copy(StoreFixture from, int task, StoreFixture to, int as, Fetch way) {
        try (ExportedResult exported = from.store.find(task).export(MAKER)) {
            Block block = from.store.find(task).borrow();
            long[] sliceRows = exported.sliceRows();
            assertThat(sliceRows).hasSize(block.sliceCount());
            for (int slice = 0; slice < sliceRows.length; slice++) {
                assertThat(sliceRows[slice]).isEqualTo(block.sliceEnd(slice) - block.sliceStart(slice));
            }
            block.release();
            assertThat(from.store.find(task).export(MAKER)).satisfies(again -> {
                assertThat(again.form()).usingRecursiveComparison().isEqualTo(exported.form());
                again.close();
            });
            ResultCopies.Wanted wanted = new ResultCopies.Wanted(key(), MAKER, 0, to.storage);
            to.store.put(as, way.fetch(exported.form(), to.store.copies(), wanted));
        }
    }

    private static Contents read(StoreFixture fixture, int task) {
        Block block = fixture.store.find(task).borrow();
        Contents contents = Contents.of(block);
        block.release();
        return contents;
    }

    private static Key key() {
        return StoreFixture.key(1);
    }

    private static Contents put(StoreFixture fixture, int task, Block.Kind kind, Random random) {
        try (Reservation memory = fixture.accountant.reserve("test", 0)) {
            Block block = switch (kind) {
                case COLUMNS -> columns(memory, random);
                case VALUE -> value(random);
                case OBJECT -> TextObject.object("o".repeat(size(random)), memory);
            };
            Contents contents = Contents.of(block);
            fixture.store.put(task, key(), block, 0, fixture.storage);
            return contents;
        }
    }

    private static Block columns(Reservation memory, Random random) {
        long rowCount = random.nextInt(5) == 0 ? 0 : random.nextInt(10_000);
        byte[] header = new byte[random.nextInt(100)];
        random.nextBytes(header);
        List<Buffer> buffers = new ArrayList<>();
        for (int b = random.nextInt(5); b > 0; b--) {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : size(random)];
            random.nextBytes(bytes);
            Buffer buffer = memory.allocate(bytes.length);
            buffer.segment().copyFrom(MemorySegment.ofArray(bytes));
            buffers.add(buffer);
        }
        return Block.partitioned(rowCount, header, buffers, cuts(rowCount, random));
    }

    private static Block value(Random random) {
        int size = size(random);
        long rowCount = random.nextInt(100);
        return Block.value("v".repeat(size), size, rowCount, cuts(rowCount, random));
    }

    /// Small and large are as likely.
    private static int size(Random random) {
        return 1 + random.nextInt(random.nextBoolean() ? 2000 : LARGEST);
    }

    private static long[] cuts(long rowCount, Random random) {
        if (random.nextBoolean()) {
            return new long[0];
        }
        long[] inner = random.longs(random.nextInt(20), 0, rowCount + 1).sorted().toArray();
        long[] cuts = new long[inner.length + 2];
        System.arraycopy(inner, 0, cuts, 1, inner.length);
        cuts[cuts.length - 1] = rowCount;
        return cuts;
    }

    /// A block that somebody uses from now on, in some states.
    private static Optional<Block> bring(StoreFixture fixture, State state) {
        StoredResult result = fixture.store.find(1);
        return switch (state) {
            case IN_MEMORY -> Optional.empty();
            case IN_USE -> Optional.of(result.borrow());
            case SPILLED -> {
                fixture.store.spillAll();
                yield Optional.empty();
            }
            case READ_BACK -> {
                fixture.store.spillAll();
                result.borrow().release();
                yield Optional.empty();
            }
            case READ_BACK_AND_IN_USE -> {
                fixture.store.spillAll();
                yield Optional.of(result.borrow());
            }
        };
    }
}

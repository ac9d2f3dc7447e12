package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Whatever is put, borrowed, named again, spilled, damaged and released, in any order: what is read is what was written, sums
/// are those of what is there, and in the end nothing is left.
class ResultStorePropertyTest {
    private static final int VALUES = 4;

    /// What is stored under some names, and who uses it.
    private static final class Known {
        final int seed;
        final boolean isValue;
        final boolean canBeWritten;
        final long byteSize;
        final List<Integer> names = new ArrayList<>();
        final List<Block> borrowed = new ArrayList<>();
        boolean isDamaged;

        Known(int seed, boolean isValue, boolean canBeWritten, long byteSize) {
            this.seed = seed;
            this.isValue = isValue;
            this.canBeWritten = canBeWritten;
            this.byteSize = byteSize;
        }

        Object value() {
            return canBeWritten ? StoreFixture.text(seed) : List.of(seed);
        }

        boolean staysOnTheHeap() {
            return isValue && (!canBeWritten || byteSize < HeapBudget.LEAST_SPILLED_BYTES);
        }
    }

    /// One run: the store, what should be in it, and dice.
    private static final class Run {
        final StoreFixture fixture;
        final Random random;
        final List<Known> all = new ArrayList<>();
        int lastName;

        Run(StoreFixture fixture, long seed) {
            this.fixture = fixture;
            this.random = new Random(seed);
        }

        Known any() {
            return all.get(random.nextInt(all.size()));
        }

        void step() {
            int action = random.nextInt(14);
            if (action < 4 || all.isEmpty()) {
                put();
                return;
            }
            Known known = any();
            switch (action) {
                case 4, 5, 6 -> borrow(known);
                case 7, 8 -> giveBack(known);
                case 9 -> name(known);
                case 10, 11 -> release(known);
                case 12 -> spillAll();
                default -> damage(known);
            }
        }

        private void put() {
            boolean isValue = random.nextBoolean();
            long bytes = isValue ? random.nextLong(2 * StoreFixture.BYTES) : random.nextLong(StoreFixture.BYTES);
            Known known = new Known(lastName, isValue, !isValue || random.nextInt(4) > 0, bytes);
            try {
                if (isValue) {
                    fixture.putValue(lastName, known.value(), bytes, random.nextInt(3));
                } else {
                    putColumns(bytes);
                }
            } catch (LazuliException e) {
                // No room; the properties hold all the same.
                return;
            }
            known.names.add(lastName++);
            all.add(known);
        }

        private void putColumns(long bytes) {
            try (Reservation memory = fixture.accountant.reserve("test", 0)) {
                Buffer buffer = memory.allocate(bytes);
                buffer.segment().fill((byte) lastName);
                Block block = Block.columns(lastName, new byte[] {(byte) lastName}, List.of(buffer));
                fixture.store.put(lastName, StoreFixture.key(lastName), block, random.nextInt(3), fixture.storage);
            }
        }

        private void borrow(Known known) {
            StoredResult result = fixture.store.find(known.names.getFirst());
            try {
                known.borrowed.add(result.borrow());
            } catch (LostResultException e) {
                assertThat(known.isDamaged).as("lost for a reason: %s", e.getMessage()).isTrue();
                return;
            }
            check(known, known.borrowed.getLast());
        }

        private static void check(Known known, Block block) {
            if (known.isValue) {
                assertThat(block.value()).isEqualTo(known.value());
                assertThat(block.byteSize()).isEqualTo(known.byteSize);
                return;
            }
            assertThat(block.rowCount()).isEqualTo(known.seed);
            assertThat(block.header()).containsExactly(known.seed);
            byte[] bytes = block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_BYTE);
            assertThat(bytes).hasSize((int) known.byteSize);
            for (byte b : bytes) {
                assertThat(b).isEqualTo((byte) known.seed);
            }
        }

        private static void giveBack(Known known) {
            if (!known.borrowed.isEmpty()) {
                Block block = known.borrowed.removeLast();
                check(known, block);
                block.release();
            }
        }

        private void name(Known known) {
            fixture.store.put(lastName, fixture.store.find(known.names.getFirst()).retain());
            known.names.add(lastName++);
        }

        private void release(Known known) {
            fixture.release(known.names.removeLast());
            if (known.names.isEmpty()) {
                all.remove(known);
                known.borrowed.forEach(block -> {
                    check(known, block);
                    block.release();
                });
            }
        }

        /// What nobody uses has left the memory, to the byte.
        private void spillAll() {
            fixture.store.spillAll();
            long least = 0;
            long most = 0;
            for (Known known : all) {
                if (known.staysOnTheHeap() || known.isValue && !known.borrowed.isEmpty()) {
                    most += known.byteSize;
                    least += known.staysOnTheHeap() || !known.isDamaged ? known.byteSize : 0;
                }
            }
            assertThat(fixture.store.heapBytes()).isBetween(least, most);
            boolean columnsInUse = all.stream().anyMatch(known -> !known.isValue && !known.borrowed.isEmpty());
            if (!columnsInUse) {
                assertThat(fixture.accountant.reservedBytes()).isZero();
            }
        }

        /// Only a result that is on disk alone, so that no mapping is hurt.
        private void damage(Known known) {
            if (!known.borrowed.isEmpty() || known.staysOnTheHeap()) {
                return;
            }
            StoredResult result = fixture.store.find(known.names.getFirst());
            if (result instanceof SpillableResult spillable && spillable.file != null && spillable.block == null) {
                try {
                    Files.write(spillable.file.path(), new byte[] {1, 2, 3});
                    known.isDamaged = true;
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                assertThatThrownBy(result::borrow).isInstanceOf(LostResultException.class);
            }
        }
    }

    @Property(tries = 300)
    void anySequence_keepsContentsAndSums(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 250) int steps) throws IOException {
        Path directory = Files.createTempDirectory("store");
        try (StoreFixture fixture = new StoreFixture(directory, 4, VALUES)) {
            Run run = new Run(fixture, seed);
            for (int step = 0; step < steps; step++) {
                run.step();
                long onHeap = run.all.stream().filter(known -> known.isValue).mapToLong(known -> known.byteSize).sum();
                assertThat(fixture.store.heapBytes()).isBetween(0L, onHeap);
                assertThat(fixture.accountant.reservedBytes()).isLessThanOrEqualTo(fixture.accountant.limit());
            }
            while (!run.all.isEmpty()) {
                run.release(run.all.getFirst());
            }
        } finally {
            Files.delete(directory);
        }
    }

    @Property(tries = 50)
    void aStripedSum_isExactOnceNobodyAdds(@ForAll long seed) throws InterruptedException {
        StripedSum sum = new StripedSum();
        List<Thread> threads = new ArrayList<>();
        long expected = 0;
        Random random = new Random(seed);
        for (int t = 0; t < 3; t++) {
            long[] numbers = random.longs(500, -70_000, 70_000).toArray();
            for (long n : numbers) {
                expected += n;
            }
            threads.add(Thread.ofPlatform().start(() -> {
                for (long n : numbers) {
                    sum.add(n);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(sum.exactly()).isEqualTo(expected);
        assertThat(Math.abs(sum.roughly() - expected)).isLessThan(64L * (64 << 10));
    }
}

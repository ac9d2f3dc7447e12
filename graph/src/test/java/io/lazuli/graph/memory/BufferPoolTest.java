package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.memory.BufferPool.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BufferPoolTest {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long LARGEST_SMALL = 64 * KIB;

    @Property
    void aCapacityHoldsTheSizeAndWastesAtMostAQuarter(@ForAll @LongRange(min = 0, max = 1L << 61) long byteSize) {
        long capacity = BufferPool.capacityFor(byteSize);

        assertThat(capacity).isGreaterThanOrEqualTo(byteSize).isGreaterThanOrEqualTo(64);
        if (byteSize > LARGEST_SMALL) {
            assertThat(capacity - byteSize).isLessThanOrEqualTo(byteSize / 4);
        } else {
            assertThat(Long.bitCount(capacity)).isOne();
            assertThat(capacity).isLessThan(2 * Math.max(byteSize, 64));
        }
    }

    @Property
    void aCapacityIsItsOwnCapacityAndFitsTheAlignment(@ForAll @LongRange(min = 0, max = 1L << 61) long byteSize) {
        long capacity = BufferPool.capacityFor(byteSize);
        assertThat(BufferPool.capacityFor(capacity)).isEqualTo(capacity);
        assertThat(capacity % BufferPool.ALIGNMENT).isZero();
    }

    @Property
    void capacitiesAreMonotone(
            @ForAll @LongRange(min = 0, max = 1L << 61) long a, @ForAll @LongRange(min = 0, max = 1L << 61) long b) {
        assertThat(BufferPool.capacityFor(Math.min(a, b))).isLessThanOrEqualTo(BufferPool.capacityFor(Math.max(a, b)));
    }

    @Example
    void capacitiesRiseInQuarterStepsAboveTheSmallOnes() {
        assertThat(LongStream.of(0, 1, 64, 65, 4096, 65_536, 65_537, 100_000, 131_072, 131_073, 5 * MIB, 64 * MIB)
                .map(BufferPool::capacityFor))
                .containsExactly(64L, 64L, 64L, 128L, 4096L, 65_536L, 81_920L, 114_688L, 131_072L, 163_840L, 5 * MIB,
                        64 * MIB);
        assertThat(BufferPool.capacityFor(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Example
    void aPieceThatCameBackIsTheNextToBeTaken() {
        try (BufferPool pool = new BufferPool(64 * MIB)) {
            for (long capacity : new long[] {64, 64 * KIB, MIB, 5 * MIB}) {
                Piece first = pool.take(capacity);
                pool.put(first);
                Piece second = pool.take(capacity);
                assertThat(second.segment().address()).as("capacity %d", capacity).isEqualTo(first.segment().address());
                pool.put(second);
            }
        }
    }

    @Example
    void piecesOfOneSlabDoNotOverlap() {
        try (BufferPool pool = new BufferPool(64 * MIB)) {
            int count = (int) (2 * MIB / (16 * KIB));
            List<Piece> pieces = Stream.generate(() -> pool.take(16 * KIB)).limit(count).toList();
            long[] addresses = pieces.stream().mapToLong(p -> p.segment().address()).sorted().toArray();
            for (int i = 1; i < count; i++) {
                assertThat(addresses[i]).isGreaterThanOrEqualTo(addresses[i - 1] + 16 * KIB);
            }
            assertThat(pool.heldBytes()).isEqualTo(2 * MIB);
            pieces.forEach(pool::put);
        }
    }

    @Example
    void idleSlabsAreFreedBeforeTheLimitIsCrossed() {
        try (BufferPool pool = new BufferPool(16 * MIB)) {
            Piece eight = pool.take(8 * MIB);
            Piece six = pool.take(6 * MIB);
            pool.put(eight);
            pool.put(six);
            assertThat(pool.heldBytes()).isEqualTo(14 * MIB);

            Piece ten = pool.take(10 * MIB);
            assertThat(pool.heldBytes()).as("the larger slab went").isEqualTo(16 * MIB);
            pool.put(ten);
        }
    }

    @Example
    void slabsOfSmallPiecesAreGivenBackToo() {
        try (BufferPool pool = new BufferPool(16 * MIB)) {
            for (long capacity = 64; capacity <= LARGEST_SMALL; capacity *= 2) {
                long size = capacity;
                List<Piece> all = Stream.generate(() -> pool.take(size)).limit(16 * MIB / size).toList();
                assertThat(pool.heldBytes()).as("in pieces of %d", size).isEqualTo(16 * MIB);
                all.forEach(pool::put);
            }
            Piece whole = pool.take(16 * MIB);
            assertThat(pool.heldBytes()).isEqualTo(16 * MIB);
            pool.put(whole);
        }
    }

    /// What is in use never crosses the limit here, as the accountant sees to it; then what is held may exceed it only by
    /// the unused rest of carved slabs.
    @Property(tries = 200)
    void heldMemoryStaysWithinTheLimitAndTheSlackOfSmallSlabs(
            @ForAll("capacities") @Size(min = 1, max = 200) List<Long> capacities) {
        long limit = 8 * MIB;
        try (BufferPool pool = new BufferPool(limit)) {
            List<Piece> out = new ArrayList<>();
            long used = 0;
            for (long capacity : capacities) {
                while (used + capacity > limit) {
                    Piece oldest = out.removeFirst();
                    used -= oldest.capacity();
                    pool.put(oldest);
                }
                out.add(pool.take(capacity));
                used += capacity;
                long carved = out.stream().filter(p -> p.carved() != null).map(Piece::carved).distinct().count();
                assertThat(pool.heldBytes()).isLessThanOrEqualTo(limit + carved * BufferPool.CARVED_SLAB);
            }
            out.forEach(pool::put);
            assertThat(pool.heldBytes()).as("nothing in use").isLessThanOrEqualTo(limit);
        }
    }

    @Provide
    Arbitrary<List<Long>> capacities() {
        return Arbitraries.longs().between(0, 4 * MIB).map(BufferPool::capacityFor).list();
    }
}

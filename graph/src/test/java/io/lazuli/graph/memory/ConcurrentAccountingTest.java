package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Four threads reserve, grow, allocate, share and free at random; the seed is the parameter.
@Timeout(60)
class ConcurrentAccountingTest {
    private static final long LIMIT = 8 << 20;
    private static final int THREADS = 4;
    private static final int STEPS = 3_000;

    private final MemoryAccountant accountant = MemoryAccountant.create(LIMIT);
    /// Blocks that a reclaimer may drop, as the result store spills.
    private final ConcurrentLinkedQueue<Block> store = new ConcurrentLinkedQueue<>();
    private final AtomicLong reclaimed = new AtomicLong();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theLimitIsNeverCrossedAndEverythingComesBack(long seed) throws Exception {
        accountant.addReclaimer(this::dropBlocks);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Void>> workers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Random random = new Random(seed * THREADS + t);
                workers.add(() -> {
                    work(random);
                    return null;
                });
            }
            for (Future<Void> worker : threads.invokeAll(workers, 50, TimeUnit.SECONDS)) {
                worker.get();
            }
        }
        assertThat(reclaimed).as("the reclaimer had work").hasPositiveValue();
        assertThat(accountant.peakBytes()).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT / 2);

        store.forEach(Block::release);
        assertThat(accountant.reservedBytes()).isZero();
        assertThat(accountant.liveBufferCount()).isZero();
        assertThat(accountant.heldBytes()).isLessThanOrEqualTo(LIMIT);
        accountant.close();
    }

    private long dropBlocks(long bytes) {
        long freed = 0;
        for (Block block = store.poll(); block != null; block = freed < bytes ? store.poll() : null) {
            freed += block.byteSize();
            block.release();
        }
        reclaimed.addAndGet(freed);
        return freed;
    }

    private void work(Random random) {
        for (int step = 0; step < STEPS; step += 10) {
            try (Reservation task = accountant.reserve("task", 0)) {
                List<Buffer> mine = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    step(task, mine, random);
                    assertThat(accountant.reservedBytes()).isBetween(0L, LIMIT);
                }
                mine.forEach(ConcurrentAccountingTest::checkPattern);
            }
        }
    }

    private void step(Reservation task, List<Buffer> mine, Random random) {
        switch (random.nextInt(5)) {
            case 0 -> growAndCheck(task, random.nextLong(LIMIT / 2));
            case 1 -> task.shrink(task.headroomBytes() / 2);
            case 2 -> {
                if (!mine.isEmpty()) {
                    Buffer buffer = mine.removeLast();
                    checkPattern(buffer);
                    task.free(buffer);
                }
            }
            case 3 -> {
                if (!mine.isEmpty()) {
                    store.add(Block.columns(1, new byte[0], List.of(mine.getLast())));
                }
            }
            default -> {
                Optional<Buffer> buffer = task.tryAllocate(1L << random.nextInt(20));
                buffer.ifPresent(ConcurrentAccountingTest::writePattern);
                buffer.ifPresent(mine::add);
            }
        }
    }

    private void growAndCheck(Reservation task, long bytes) {
        long before = task.headroomBytes();
        boolean granted = task.tryGrow(bytes);
        assertThat(task.headroomBytes()).isEqualTo(granted ? before + bytes : before);
    }

    /// Memory that two buffers share by mistake does not keep its pattern.
    private static void writePattern(Buffer buffer) {
        buffer.segment().fill((byte) System.identityHashCode(buffer));
    }

    private static void checkPattern(Buffer buffer) {
        byte pattern = (byte) System.identityHashCode(buffer);
        for (long offset : new long[] {0, buffer.byteSize() / 2, buffer.byteSize() - 1}) {
            assertThat(buffer.segment().get(ValueLayout.JAVA_BYTE, offset)).isEqualTo(pattern);
        }
    }
}

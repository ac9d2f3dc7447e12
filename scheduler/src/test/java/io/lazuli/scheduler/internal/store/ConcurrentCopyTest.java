package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Results are exported and copied by several threads while others spill, read and release them.
class ConcurrentCopyTest {
    private static final TextObject MAKER = new TextObject();
    private static final int THREADS = 4;
    private static final int ROUNDS = 60;
    private static final int RESULTS = 12;
    /// Longs of a block that is too large to be sent inline.
    private static final int LONGS = 10_000;

    @TempDir
    Path directory;

    @Test
    void everyCopyIsWhatWasPut_andNothingIsLeft() throws Exception {
        Path here = Files.createDirectory(directory.resolve("here"));
        Path there = Files.createDirectory(directory.resolve("there"));
        try (StoreFixture holder = new StoreFixture(here, 60, 60);
                StoreFixture reader = new StoreFixture(there, 400, 400)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int task = 0; task < RESULTS; task++) {
                    put(holder, task);
                }
                List<StoredResult> holds = new ArrayList<>();
                for (int i = 0; i < THREADS * RESULTS; i++) {
                    holds.add(holder.store.find(i % RESULTS).retain());
                }
                for (int task = 0; task < RESULTS; task++) {
                    holder.release(task);
                }
                int seed = round;
                runAll(thread -> work(holder, reader, holds.subList(thread * RESULTS, (thread + 1) * RESULTS),
                        new Random(seed * THREADS + thread)));
            }
            assertThat(holder.job.totals().resultsLost()).isZero();
            assertThat(reader.job.totals().resultsLost()).isZero();
            assertThat(holder.job.totals().filesWritten()).as("at most once each")
                    .isLessThanOrEqualTo(ROUNDS * RESULTS);
        }
    }

    /// Goes over all results in an order of its own, and gives up its hold of each.
    private static void work(StoreFixture holder, StoreFixture reader, List<StoredResult> results, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int task = 0; task < RESULTS; task++) {
            order.add(task);
        }
        Collections.shuffle(order, random);
        for (int task : order) {
            StoredResult result = results.get(task);
            switch (random.nextInt(4)) {
                case 0 -> holder.store.spillAll();
                case 1 -> {
                    Block block = result.borrow();
                    check(block, task);
                    block.release();
                }
                default -> {
                    StoredResult copy;
                    try (ExportedResult exported = result.export(MAKER)) {
                        ResultCopies.Wanted wanted =
                                new ResultCopies.Wanted(StoreFixture.key(task), MAKER, 0, reader.storage);
                        copy = Fetch.values()[random.nextInt(2)]
                                .fetch(exported.form(), reader.store.copies(), wanted);
                    }
                    Block block = copy.borrow();
                    check(block, task);
                    block.release();
                    copy.release();
                }
            }
            result.release();
        }
    }

    private static void put(StoreFixture fixture, int task) {
        Key key = StoreFixture.key(task);
        try (Reservation memory = fixture.accountant.reserve("test", 0)) {
            Block block = switch (task % 4) {
                case 0 -> columns(memory, task, LONGS);
                case 1 -> Block.value(text(task, 20_000), 80_000);
                case 2 -> TextObject.object(text(task, 20_000), memory);
                default -> columns(memory, task, 50);
            };
            fixture.store.put(task, key, block, 0, fixture.storage);
        }
    }

    private static Block columns(Reservation memory, int task, int length) {
        Buffer buffer = memory.allocate(8L * length);
        buffer.segment().copyFrom(MemorySegment.ofArray(longs(task, length)));
        return Block.columns(length, new byte[] {(byte) task}, List.of(buffer));
    }

    private static long[] longs(int task, int length) {
        long[] longs = new long[length];
        Arrays.setAll(longs, i -> task * 1_000_003L + i);
        return longs;
    }

    private static String text(int task, int length) {
        return ("text " + task + ", ").repeat(length / 5);
    }

    private static void check(Block block, int task) {
        switch (task % 4) {
            case 1 -> assertThat(block.value()).isEqualTo(text(task, 20_000));
            case 2 -> assertThat(block.value(String.class)).isEqualTo(text(task, 20_000));
            default -> {
                int length = task % 4 == 0 ? LONGS : 50;
                assertThat(block.rowCount()).isEqualTo(length);
                assertThat(block.buffers().getFirst().segment().toArray(ValueLayout.JAVA_LONG))
                        .isEqualTo(longs(task, length));
            }
        }
    }

    private interface Part {
        void run(int thread) throws Exception;
    }

    private static void runAll(Part part) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                ends.add(threads.submit(() -> {
                    part.run(thread);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }
}

package io.lazuli.scheduler.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.memory.Block;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Threads that put, read, spill and release at once, within a budget that makes them spill all the time.
class ConcurrentStoreTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 400;
    /// Results that one thread has at a time, and that all read.
    private static final int OWN = 10;
    private static final int SHARED = 20;

    @TempDir
    Path directory;

    @Test
    void allThreadsReadWhatWasWritten_andNothingIsLeft() throws Exception {
        try (StoreFixture fixture = new StoreFixture(directory, 4 * THREADS, 4 * THREADS)) {
            for (int task = 0; task < SHARED; task++) {
                put(fixture, task, task % 7);
            }
            runAll(thread -> {
                Random random = new Random(thread);
                int first = SHARED + thread * OWN;
                for (int round = 0; round < ROUNDS; round++) {
                    int own = first + round % OWN;
                    if (round >= OWN) {
                        read(fixture, own);
                        fixture.release(own);
                    }
                    put(fixture, own, random.nextInt(7));
                    read(fixture, random.nextInt(SHARED));
                    if (round % 50 == 0) {
                        fixture.store.spillAll();
                    }
                }
            });
            assertThat(fixture.job.totals().filesWritten()).isGreaterThan(100);
            assertThat(fixture.job.totals().filesRead()).isGreaterThan(100);
            assertThat(fixture.job.totals().resultsLost()).isZero();
            for (int task = 0; task < SHARED + THREADS * OWN; task++) {
                read(fixture, task);
                fixture.release(task);
            }
        }
    }

    /// The last release meets the writer and the readers of the same result.
    @Test
    void aResultIsReleasedWhileItIsSpilledAndRead() throws Exception {
        try (StoreFixture fixture = new StoreFixture(directory, 8, 8)) {
            for (int round = 0; round < ROUNDS; round++) {
                int task = round;
                put(fixture, task, 0);
                StoredResult result = fixture.store.find(task);
                List<StoredResult> holds = new ArrayList<>();
                for (int thread = 0; thread < THREADS; thread++) {
                    holds.add(result.retain());
                }
                fixture.release(task);
                runAll(thread -> {
                    if (thread == 0) {
                        fixture.store.spillAll();
                    } else {
                        Block block = result.borrow();
                        check(block, task);
                        block.release();
                    }
                    holds.get(thread).release();
                });
            }
        }
    }

    private static void put(StoreFixture fixture, int task, long order) {
        if (isColumns(task)) {
            fixture.putColumns(task, order);
        } else {
            fixture.putText(task, order);
        }
    }

    private static void read(StoreFixture fixture, int task) {
        Block block = fixture.store.find(task).borrow();
        check(block, task);
        block.release();
    }

    private static void check(Block block, int task) {
        if (isColumns(task)) {
            StoreFixture.assertColumns(block, task);
        } else {
            assertThat(block.value()).isEqualTo(StoreFixture.text(task));
        }
    }

    private static boolean isColumns(int task) {
        return task % 2 == 0;
    }

    private interface Part {
        void run(int thread) throws Exception;
    }

    private static void runAll(Part part) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                ends.add(threads.submit(() -> {
                    part.run(thread);
                    return true;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }
}

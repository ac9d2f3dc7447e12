package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Measures what a result costs that passes through the store: `main` prints nanoseconds of processor time for put, find, remove
/// and the last release together, by one thread and by two at once. Blocks and keys are made before, as tasks make them.
final class ResultStoreTiming {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int RESULTS = 1 << 12;
    private static final int ROUNDS = 1000;
    private static final int WARM_UP = 700;

    private ResultStoreTiming() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("timing");
        for (int threads : new int[] {1, 1, 2}) {
            report(directory, threads, "value of 48 bytes", () -> Block.value("text", 48));
            report(directory, threads, "columns without buffers", () -> Block.columns(7, new byte[0], List.of()));
            report(directory, threads, "value of 4 KiB, listed", () -> Block.value("text", 4096));
        }
        spilling(directory, 1 << 10);
        spilling(directory, 1 << 16);
        spilling(directory, 1 << 22);
        Files.delete(directory);
    }

    private static void report(Path directory, int threads, String what, Supplier<Block> block) throws Exception {
        MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
        StoreOptions options = new StoreOptions(1L << 40, directory, Long.MAX_VALUE);
        try (ResultStore store = ResultStore.open(accountant, options)) {
            store.ensureCapacity(threads * RESULTS);
            List<Thread> running = new ArrayList<>();
            double[] best = new double[threads];
            for (int t = 0; t < threads; t++) {
                int thread = t;
                running.add(Thread.ofPlatform().start(() -> best[thread] = measure(store, thread * RESULTS, block)));
            }
            for (Thread each : running) {
                each.join();
            }
            for (double nanos : best) {
                System.out.printf(Locale.ROOT, "%d thread(s), %s: %.1f ns a result%n", threads, what, nanos);
            }
        }
        accountant.close();
    }

    /// Median of the rounds after the warm-up.
    private static double measure(ResultStore store, int first, Supplier<Block> block) {
        Key[] keys = new Key[RESULTS];
        for (int i = 0; i < RESULTS; i++) {
            keys[i] = new Key(new Token(1, 2), first + i);
        }
        JobStorage job = store.newJob();
        long sink = 0;
        double[] rounds = new double[ROUNDS - WARM_UP];
        Block[] blocks = new Block[RESULTS];
        for (int round = 0; round < ROUNDS; round++) {
            Arrays.setAll(blocks, _ -> block.get());
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < RESULTS; i++) {
                store.put(first + i, keys[i], blocks[i], 0, job);
            }
            for (int i = 0; i < RESULTS; i++) {
                sink += store.find(first + i).byteSize();
            }
            for (int i = 0; i < RESULTS; i++) {
                store.remove(first + i).release();
            }
            if (round >= WARM_UP) {
                rounds[round - WARM_UP] = (THREADS.getCurrentThreadCpuTime() - start) / (double) RESULTS;
            }
        }
        Arrays.sort(rounds);
        if (sink < 0) {
            throw new IllegalStateException("sizes are never negative");
        }
        return rounds[rounds.length / 2];
    }

    /// Texts of `length` bytes written, and read back.
    private static void spilling(Path directory, int length) throws IOException {
        int count = Math.clamp((64 << 20) / length, 16, 4096);
        MemoryAccountant accountant = MemoryAccountant.create(1 << 20);
        StoreOptions options = new StoreOptions(1L << 40, directory, Long.MAX_VALUE);
        try (ResultStore store = ResultStore.open(accountant, options, new LocalDisk(), new TextFormat())) {
            store.ensureCapacity(count);
            String text = "x".repeat(length);
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < count; i++) {
                    Key key = new Key(new Token(1, 2), i);
                    store.put(i, key, Block.value(text, Math.max(length, 1024)), 0, store.newJob());
                }
                SpillCounters.Totals before = store.counters().totals();
                store.spillAll();
                for (int i = 0; i < count; i++) {
                    store.find(i).borrow().release();
                }
                SpillCounters.Totals after = store.counters().totals();
                System.out.printf(Locale.ROOT, "%,d bytes: written in %.1f us, read in %.1f us%n", length,
                        (after.writeNanos() - before.writeNanos()) / 1e3 / count,
                        (after.readNanos() - before.readNanos()) / 1e3 / count);
                for (int i = 0; i < count; i++) {
                    store.remove(i).release();
                }
            }
        }
        accountant.close();
    }
}

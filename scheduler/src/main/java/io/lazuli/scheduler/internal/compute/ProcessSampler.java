package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.store.ResultStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// What this process uses, once a second. Cost: some 50 us each time. For one thread.
public final class ProcessSampler {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// Linux alone has it.
    private static final Path STATUS = Path.of("/proc/self/status");

    private final MemoryAccountant accountant;
    private final ResultStore store;
    /// At the last sample, as the next; the first counts from here.
    private long lastNanos;
    private long lastCpuNanos;
    private boolean isFirst = true;

    public ProcessSampler(MemoryAccountant accountant, ResultStore store) {
        this.accountant = accountant;
        this.store = store;
    }

    /// A sample, unless the last is younger than a second.
    public Optional<WorkerSample> next(long now, IntSupplier busyThreads) {
        if (!isFirst && now - lastNanos < PERIOD_NANOS) {
            return Optional.empty();
        }
        Resident resident = Resident.read();
        Runtime runtime = Runtime.getRuntime();
        return Optional.of(new WorkerSample(
                cpuPermille(now), busyThreads.getAsInt(), accountant.reservedBytes(), accountant.limit(),
                runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), resident.anonymousBytes,
                resident.bytes, store.diskBytes()));
    }

    private int cpuPermille(long now) {
        long cpuNanos = cpuNanos();
        long permille = isFirst ? 0 : 1_000 * (cpuNanos - lastCpuNanos) / (now - lastNanos);
        isFirst = false;
        lastNanos = now;
        lastCpuNanos = cpuNanos;
        return (int) Math.clamp(permille, 0, Integer.MAX_VALUE);
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /// Memory of the process as the system counts it.
    private record Resident(long anonymousBytes, long bytes) {
        static Resident read() {
            if (!Files.exists(STATUS)) {
                return new Resident(WorkerSample.UNKNOWN, WorkerSample.UNKNOWN);
            }
            try (Stream<String> lines = Files.lines(STATUS)) {
                long anonymous = WorkerSample.UNKNOWN;
                long all = WorkerSample.UNKNOWN;
                for (String line : (Iterable<String>) lines::iterator) {
                    anonymous = line.startsWith("RssAnon:") ? bytes(line) : anonymous;
                    all = line.startsWith("VmRSS:") ? bytes(line) : all;
                }
                return new Resident(anonymous, all);
            } catch (IOException e) {
                return new Resident(WorkerSample.UNKNOWN, WorkerSample.UNKNOWN);
            }
        }

        /// Of `VmRSS:     1234 kB`.
        private static long bytes(String line) {
            return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
    }
}

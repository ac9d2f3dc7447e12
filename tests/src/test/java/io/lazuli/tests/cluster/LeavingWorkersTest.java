package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Worker processes are asked to end while a job runs: they hand over what they have first, and nothing is computed again.
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class LeavingWorkersTest {
    private static final int WORKERS = 4;
    /// Producers' blocks are files and not inline: 400 KB each.
    private static final Shuffled JOB = new Shuffled(40, 12, 50_000, 50);

    @TempDir
    Path spill;

    @TempDir
    Path counts;

    @TempDir
    Path firstCounts;

    private static long run(Cluster cluster, Path directory, Runnable meanwhile) {
        try (Job job = cluster.submit(
                JOB.graph(operation -> new Counted(operation, directory.toString())), JobOptions.DEFAULTS)) {
            meanwhile.run();
            Block block = job.take(0);
            long sum = block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, 0);
            block.release();
            return sum;
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    @Test
    void halfTheWorkersAreAskedToEnd_inTheMiddle_andNothingRunsTwice() {
        EngineOptions options = EngineOptions.defaults()
                .withThreads(WORKERS)
                .withBufferBytes(256L << 20)
                .withSpillDirectory(spill);
        try (Cluster cluster = Cluster.processes(WORKERS, options)) {
            await("all workers", () -> {
                run(cluster, firstCounts, () -> {
                });
                return processes(Counted.runs(firstCounts)).size() == WORKERS;
            });
            List<ProcessHandle> leaving = cluster.workerProcesses().subList(0, WORKERS / 2);
            long sum = run(cluster, counts, () -> {
                await("half of the producers", () -> Counted.runs(counts).size() >= 20);
                leaving.forEach(ProcessHandle::destroy);
                await("their end", () -> leaving.stream().noneMatch(ProcessHandle::isAlive));
            });
            assertThat(sum).isEqualTo(JOB.expected());
            List<Counted.Run> runs = Counted.runs(counts);
            assertThat(runs).as("each task once").hasSize(JOB.taskCount());
            assertThat(processes(runs)).as("those that left had done something").containsAll(
                    leaving.stream().map(ProcessHandle::pid).toList());
        }
    }

    private static Set<Long> processes(List<Counted.Run> runs) {
        return runs.stream().map(Counted.Run::processId).collect(Collectors.toSet());
    }
}

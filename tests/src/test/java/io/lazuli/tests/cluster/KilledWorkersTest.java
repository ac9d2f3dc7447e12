package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Worker processes of a job are killed while it runs: its result is the right one, and comes in time.
///
/// `-Dlazuli.faults=N` makes each test run N times, and runs the long ones.
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
class KilledWorkersTest {
    private static final int TIMES = Integer.getInteger("lazuli.faults", 2);
    private static final int WORKERS = 4;
    private static final Shuffled JOB = new Shuffled(40, 12, 20_000, 50);
    /// An undisturbed job takes about a second.
    private static final long LONGEST_SECONDS = 60;

    @TempDir
    Path spill;

    private Cluster open() {
        return Cluster.processes(
                WORKERS,
                EngineOptions.defaults()
                        .withThreads(WORKERS)
                        .withBufferBytes(256L << 20)
                        .withSpillDirectory(spill));
    }

    private static void kill(ProcessHandle process) {
        signal("KILL", process);
    }

    private static void signal(String signal, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot send " + signal + " to " + process.pid(), e);
        }
    }

    private static long run(Cluster cluster, Runnable meanwhile) {
        long start = System.nanoTime();
        try (Job job = cluster.submit(JOB.graph(), JobOptions.DEFAULTS)) {
            meanwhile.run();
            Block block = job.take(0);
            long sum = block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, 0);
            block.release();
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(LONGEST_SECONDS));
            return sum;
        }
    }

    private static ProcessHandle oneOf(List<ProcessHandle> processes, Random random) {
        return processes.get(random.nextInt(processes.size()));
    }

    private static void pause(Random random, int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(millis));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void oneWorkerIsKilled_atAnyTime() {
        Random random = new Random(1);
        try (Cluster cluster = open()) {
            assertThat(run(cluster, () -> {
            })).isEqualTo(JOB.expected());
            for (int i = 0; i < TIMES; i++) {
                long sum = run(cluster, () -> {
                    pause(random, 1_500);
                    kill(oneOf(cluster.workerProcesses(), random));
                });
                assertThat(sum).as("time " + i).isEqualTo(JOB.expected());
            }
            assertThat(cluster.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void halfTheWorkersAreKilled_atOnce() {
        Random random = new Random(2);
        try (Cluster cluster = open()) {
            for (int i = 0; i < TIMES; i++) {
                long sum = run(cluster, () -> {
                    pause(random, 1_500);
                    List<ProcessHandle> half = cluster.workerProcesses().stream().limit(WORKERS / 2).toList();
                    assertThat(half).isNotEmpty();
                    half.forEach(KilledWorkersTest::kill);
                });
                assertThat(sum).as("time " + i).isEqualTo(JOB.expected());
            }
        }
    }

    /// For half a minute a worker does nothing, as in a long pause of its collector: it is not given up.
    @Test
    @EnabledIfSystemProperty(named = "lazuli.faults", matches = ".+")
    void aWorkerThatStandsStillForAWhile_goesOn() {
        try (Cluster cluster = open()) {
            ProcessHandle worker = cluster.workerProcesses().getFirst();
            assertThat(run(cluster, () -> {
            })).isEqualTo(JOB.expected());
            assertThat(run(cluster, () -> freeze(worker, 20))).isEqualTo(JOB.expected());
            assertThat(cluster.workerProcesses()).contains(worker);
            assertThat(run(cluster, () -> {
            })).isEqualTo(JOB.expected());
        }
    }

    /// A worker that stood still for longer than it is waited for begins anew, and takes part again.
    @Test
    @EnabledIfSystemProperty(named = "lazuli.faults", matches = ".+")
    void aWorkerThatStandsStillForLong_beginsAnew() {
        try (Cluster cluster = open()) {
            ProcessHandle worker = cluster.workerProcesses().getFirst();
            assertThat(run(cluster, () -> {
            })).isEqualTo(JOB.expected());
            freeze(worker, 90);
            for (int i = 0; i < 3; i++) {
                assertThat(run(cluster, () -> {
                })).isEqualTo(JOB.expected());
            }
            assertThat(cluster.workerProcesses()).contains(worker);
        }
    }

    private static void freeze(ProcessHandle process, int seconds) {
        signal("STOP", process);
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        } finally {
            signal("CONT", process);
        }
    }
}

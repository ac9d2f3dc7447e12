package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.tests.Wait;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import io.lazuli.tests.job.Shuffled;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
    Path folder;

    private static long run(Cluster cluster, Marks marks, Runnable meanwhile) {
        try (Job job = cluster.submit(JOB.graph(operation -> new Marked(marks, operation)), JobOptions.DEFAULTS)) {
            meanwhile.run();
            return Shuffled.take(job);
        }
    }

    @Test
    void halfTheWorkersAreAskedToEnd_inTheMiddle_andNothingRunsTwice() {
        EngineOptions options = EngineOptions.defaults()
                .withThreads(WORKERS)
                .withBufferBytes(256L << 20)
                .withSpillDirectory(folder);
        Marks first = Marks.in(folder.resolve("first"));
        Marks marks = Marks.in(folder.resolve("marks"));
        try (Cluster cluster = Cluster.processes(WORKERS, options)) {
            Wait.until("all workers", () -> {
                run(cluster, first, () -> {
                });
                return processes(first.endedRuns()).size() == WORKERS;
            });
            List<ProcessHandle> leaving = cluster.workerProcesses().subList(0, WORKERS / 2);
            long sum = run(cluster, marks, () -> {
                Wait.until("half of the producers", () -> marks.endedRuns().size() >= 20);
                leaving.forEach(ProcessHandle::destroy);
                Wait.until("their end", () -> leaving.stream().noneMatch(ProcessHandle::isAlive));
            });
            assertThat(sum).isEqualTo(JOB.expected());
            List<Marks.Run> runs = marks.endedRuns();
            assertThat(runs).as("each task once").hasSize(JOB.taskCount());
            assertThat(processes(runs)).as("those that left had done something").containsAll(
                    leaving.stream().map(ProcessHandle::pid).toList());
        }
    }

    private static Set<Long> processes(List<Marks.Run> runs) {
        return runs.stream().map(Marks.Run::process).collect(Collectors.toSet());
    }
}

package io.lazuli.tests.fault;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.tests.Signals;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Some worker processes, and what can befall them.
final class Workers implements AutoCloseable {
    private static final long GLANCE_MILLIS = 10;
    private static final long BUFFER_BYTES = 64L << 20;

    private final Cluster cluster;
    private final int count;
    private final Path folder;

    /// So long that others take part.
    private record Rest() implements Operation {
        @Override
        public String name() {
            return "rest";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try {
                TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
                return Block.columns(0, new byte[0], List.of());
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private Workers(Cluster cluster, int count, Path folder) {
        this.cluster = cluster;
        this.count = count;
        this.folder = folder;
    }

    /// @param folder for spilled results, and for what tasks leave behind
    static Workers start(int count, int threadsOfEach, Path folder) {
        Cluster cluster = Cluster.processes(
                count,
                EngineOptions.defaults()
                        .withThreads(count * threadsOfEach)
                        .withBufferBytes(count * BUFFER_BYTES)
                        .withSpillDirectory(folder));
        return new Workers(cluster, count, folder);
    }

    Job submit(TaskGraph graph) {
        return cluster.submit(graph, JobOptions.DEFAULTS);
    }

    Cluster cluster() {
        return cluster;
    }

    /// Waits until every worker has run something in its present life.
    void awaitAll() throws InterruptedException {
        Marks marks = newMarks();
        await(() -> {
            runEverywhere(marks);
            Set<Long> seen = marks.runs().stream().map(Marks.Run::process).collect(Collectors.toSet());
            List<Long> now = cluster.workerProcesses().stream().map(ProcessHandle::pid).toList();
            return now.size() == count && seen.containsAll(now);
        });
    }

    private void runEverywhere(Marks marks) {
        Layer layer = Layer.of(new Marked(marks, new Rest()), 4 * count, List.of(), "rest");
        try (Job job = submit(TaskGraph.of(List.of(layer)))) {
            for (int partition = 0; partition < job.partitionCount(); partition++) {
                job.take(partition).release();
            }
        }
    }

    /// For one job.
    Marks newMarks() {
        try {
            return Marks.in(Files.createTempDirectory(folder, "marks"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the job stands in that phase.
    void await(Phase phase, PhasedJob job, Job running) throws InterruptedException {
        await(() -> {
            JobProgress progress = running.progress();
            return progress.state() != JobProgress.State.RUNNING || phase.isReached(job, progress);
        });
    }

    /// The round's deadline interrupts it.
    static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
    }

    /// Some of those that run.
    List<ProcessHandle> some(int howMany, RandomGenerator random) {
        List<ProcessHandle> all = new ArrayList<>(cluster.workerProcesses());
        Collections.shuffle(all, Random.from(random));
        return all.subList(0, howMany);
    }

    /// Ends them at once, as kill -9 does, and waits until they are dead.
    static void kill(Collection<ProcessHandle> processes) {
        processes.forEach(process -> Signals.send("KILL", process));
        processes.forEach(process -> process.onExit().join());
    }

    @Override
    public void close() {
        cluster.close();
    }
}

package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.Cluster;
import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import io.lazuli.tests.job.Shuffled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A client's process is killed while its job runs on a cluster of others: the job ends, and everything that it had is given back,
/// its code too.
@EnabledIfSystemProperty(named = "lazuli.faults", matches = ".+")
class KilledClientTest {
    private static final String TOKEN = "known-to-the-processes-of-this-test-alone";
    private static final String TOKEN_PROPERTY = "lazuli.token";
    /// A client that is silent for half a minute has left; then its tasks must be interrupted.
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final int AT_ONCE = 2;
    private static final Rounds ROUNDS = new Rounds("a client killed, in any phase", DEADLINE);

    @TempDir
    Path folder;

    /// A program that submits a job, and waits for its result.
    static final class Client {
        private Client() {}

        /// @param arguments address of the cluster, folder for marks, seed
        public static void main(String[] arguments) {
            try (Cluster cluster = Cluster.connect(arguments[0]);
                    Job job = cluster.submit(
                            jobOf(Path.of(arguments[1]), Long.parseLong(arguments[2])).graph(), JobOptions.DEFAULTS)) {
                job.take(0).release();
            }
        }
    }

    /// Takes nearly all memory that a worker has, without files in its place.
    private record TakeAll() implements Operation {
        @Override
        public String name() {
            return "take all";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try {
                context.memory().allocate(ServedCluster.BUFFER_BYTES / 16 * 15);
                // So long that other workers take part.
                TimeUnit.MILLISECONDS.sleep(100);
                return Block.columns(0, new byte[0], List.of());
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /// The same in the client and in the test.
    private static PhasedJob jobOf(Path marks, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Phase phase = Phase.any(random);
        return PhasedJob.any(Marks.in(marks), random).heldIn(phase, random);
    }

    @BeforeAll
    static void knowTheToken() {
        System.setProperty(TOKEN_PROPERTY, TOKEN);
    }

    @Test
    void aClientIsKilled() throws InterruptedException {
        ROUNDS.run(AT_ONCE, random -> {
            Path spill = Files.createTempDirectory(folder, "spill");
            try (ServedCluster cluster = ServedCluster.start(TOKEN, spill)) {
                return kill(cluster, spill, random.nextLong());
            }
        });
    }

    private Rounds.Figures kill(ServedCluster cluster, Path spill, long seed) throws IOException, InterruptedException {
        Path marks = Files.createTempDirectory(folder, "marks");
        PhasedJob job = jobOf(marks, seed);
        try (CommandProcess client = cluster.startClient(Client.class, marks, seed)) {
            Workers.await(() -> standsStill(job));
            assertThat(client.handle().isAlive()).as(client.toString()).isTrue();
            assertThat(cluster.processes()).hasSize(1 + ServedCluster.WORKERS)
                    .allSatisfy(process -> assertThat(cluster.code(process)).as("code of the client").isNotEmpty());
            client.kill();
        }
        long start = System.nanoTime();
        Workers.await(() -> job.marks().runs().stream().allMatch(Marks.Run::hasLeft));
        long nanos = System.nanoTime() - start;
        assertThat(Duration.ofNanos(nanos)).isLessThan(LEASE.plusSeconds(2));

        for (ProcessHandle process : cluster.processes()) {
            Workers.await(() -> cluster.code(process).isEmpty());
        }
        int runs = job.marks().runs().size();
        for (ProcessHandle worker : cluster.workers()) {
            Workers.await(() -> filesOf(worker, spill).isEmpty());
        }
        takeAllMemory(cluster);
        for (ProcessHandle worker : cluster.workers()) {
            assertThat(filesOf(worker, spill)).as("had it held memory, it would have been spilled").isEmpty();
        }
        assertThat(job.marks().runs()).as("runs after the end").hasSize(runs);
        return new Rounds.Figures(job.taskCount(), 0, 0, nanos);
    }

    /// In the phase that the job is held in.
    private static boolean standsStill(PhasedJob job) {
        List<Marks.Run> runs = job.marks().runs();
        long makes = ended(runs, Shuffled.MAKE);
        return makes == Math.min(job.free().makes(), job.producers()) && ended(runs, Shuffled.ADD) == job.free().adds()
                && runs.stream().anyMatch(run -> !run.hasEnded());
    }

    private static long ended(List<Marks.Run> runs, String layer) {
        return runs.stream().filter(run -> run.task().layer().equals(layer) && run.hasEnded()).count();
    }

    private static List<String> filesOf(ProcessHandle worker, Path spill) {
        try {
            return ServedCluster.files(worker, spill);
        } catch (IOException | UncheckedIOException e) {
            // Some go meanwhile.
            return List.of("cannot look: " + e);
        }
    }

    /// On each worker, as another client.
    private void takeAllMemory(ServedCluster cluster) throws IOException, InterruptedException {
        Marks marks = Marks.in(Files.createTempDirectory(folder, "marks"));
        Layer layer = Layer.of(new Marked(marks, new TakeAll()), 8 * ServedCluster.WORKERS, List.of(), "all");
        try (Cluster second = Cluster.connect(cluster.address())) {
            Workers.await(() -> {
                try (Job job = second.submit(TaskGraph.of(List.of(layer)), JobOptions.DEFAULTS)) {
                    for (int partition = 0; partition < job.partitionCount(); partition++) {
                        job.take(partition).release();
                    }
                }
                return marks.runs().stream().map(Marks.Run::process).collect(Collectors.toSet())
                        .size() == ServedCluster.WORKERS;
            });
        }
    }

    @AfterAll
    static void show() {
        System.clearProperty(TOKEN_PROPERTY);
        Rounds.show(List.of(ROUNDS));
    }
}

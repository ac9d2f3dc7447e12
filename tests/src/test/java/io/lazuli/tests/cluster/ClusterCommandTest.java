package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.event.ClusterStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// `lazuli scheduler`, `worker`, `cluster` and `status`, each in processes of their own.
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class ClusterCommandTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String PROPERTY = "lazuli.token";

    @TempDir
    Path counts;

    @BeforeAll
    static void useToken() {
        System.setProperty(PROPERTY, TOKEN);
    }

    @AfterAll
    static void forgetToken() {
        System.clearProperty(PROPERTY);
    }

    private static Command worker(String scheduler, String name, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("worker", "--scheduler", scheduler, "--name", name, "--threads", "1", "--memory", "600MB"));
        arguments.addAll(List.of(more));
        return Command.start(TOKEN, arguments.toArray(String[]::new));
    }

    private static ClusterStatus await(String scheduler, String what, Predicate<ClusterStatus> condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            ClusterStatus status = Cluster.status(scheduler);
            if (condition.test(status)) {
                return status;
            }
            assertThat(Instant.now()).as(what + ", found " + status).isBefore(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void awaitWorkers(String scheduler, int count) {
        await(scheduler, count + " workers", status -> status.workers().size() == count);
    }

    /// So many tasks that take a while, each with nothing to read.
    private TaskGraph tasks(int count, long millis, Annotations terms) {
        Counted operation = new Counted(new Shuffled.Make(10, 1, millis), counts.toString());
        return TaskGraph.of(List.of(Layer.of(operation, count, List.of(), "make").withAnnotations(terms)));
    }

    private static void takeAll(Job job) {
        for (int p = 0; p < job.partitionCount(); p++) {
            job.take(p).release();
        }
    }

    private List<Long> processes() {
        return Counted.runs(counts).stream().map(Counted.Run::processId).toList();
    }

    @Test
    void tasksRun_whereTheResourcesAndLabelsAreThatTheyAskFor() {
        try (Command scheduler = Command.start(TOKEN, "scheduler", "--port", "0")) {
            String address = scheduler.address();
            try (Command plain = worker(address, "plain");
                    Command able = worker(address, "able", "--resources", "gpu=1,license=2", "--labels", "big")) {
                awaitWorkers(address, 2);
                assertThat(able.isAlive() && plain.isAlive()).isTrue();
                try (Cluster cluster = Cluster.connect(address)) {
                    for (Annotations terms : List.of(
                            Annotations.NONE.withResources(Map.of("gpu", 1, "license", 2)),
                            Annotations.NONE.withWorkers(Set.of("big")),
                            Annotations.NONE.withWorkers(Set.of("able")))) {
                        try (Job job = cluster.submit(tasks(6, 20, terms), JobOptions.DEFAULTS)) {
                            takeAll(job);
                        }
                    }
                }
                assertThat(processes()).hasSize(18).containsOnly(able.processId());
                ClusterStatus.Worker offering = Cluster.status(address).workers().stream()
                        .filter(worker -> worker.name().equals("able"))
                        .findFirst()
                        .orElseThrow();
                assertThat(offering.offers()).containsExactly("gpu=1", "license=2", "127.0.0.1", "able", "big");
                assertThat(offering.threads()).isOne();
            }
        }
    }

    @Test
    void workerThatComesInTheMiddle_takesItsShare() {
        try (Command scheduler = Command.start(TOKEN, "scheduler", "--port", "0")) {
            String address = scheduler.address();
            try (Command first = worker(address, "first")) {
                awaitWorkers(address, 1);
                try (Cluster cluster = Cluster.connect(address);
                        Job job = cluster.submit(tasks(400, 30, Annotations.NONE), JobOptions.DEFAULTS);
                        Command second = worker(address, "second")) {
                    awaitWorkers(address, 2);
                    int before = processes().size();
                    takeAll(job);
                    List<Long> after = processes();
                    assertThat(after).hasSize(400);
                    long bySecond = after.stream().filter(process -> process == second.processId()).count();
                    assertThat(before).as("it came in the middle").isBetween(1, 300);
                    assertThat(bySecond).as("of those after it came").isBetween(
                            (400 - before) / 4L, (400 - before) * 3 / 4L + 8);
                    assertThat(first.isAlive()).isTrue();
                }
            }
        }
    }

    @Test
    void workerThatIsAskedToEnd_leavesItsResults_andStatusSaysSo() {
        try (Command scheduler = Command.start(TOKEN, "scheduler", "--port", "0")) {
            String address = scheduler.address();
            try (Command stays = worker(address, "stays");
                    Command leaves = worker(address, "leaves")) {
                awaitWorkers(address, 2);
                try (Cluster cluster = Cluster.connect(address);
                        Job job = cluster.submit(tasks(40, 30, Annotations.NONE), JobOptions.DEFAULTS)) {
                    await(address, "some", status -> status.jobs().getFirst().finishedCount() > 10);
                    leaves.end();
                    awaitWorkers(address, 1);
                    takeAll(job);
                    ClusterStatus status = Cluster.status(address);
                    assertThat(status.recomputedCount()).isZero();
                    assertThat(status.clientCount()).isOne();
                }
                assertThat(Counted.runs(counts)).hasSize(40);
                assertThat(processes()).contains(leaves.processId(), stays.processId());
            }
        }
    }

    @Test
    void status_isATable_orJson() {
        try (Command cluster = Command.start(TOKEN, "cluster", "--workers", "2", "--port", "0")) {
            String address = cluster.address();
            awaitWorkers(address, 2);
            Command.Outcome table = Command.run(TOKEN, "status", address);
            assertThat(table.errors()).isEmpty();
            assertThat(table.status()).isZero();
            assertThat(table.output())
                    .contains("Scheduler " + address, "WORKER", "worker-0", "worker-1", "active", "2 workers");
            Command.Outcome json = Command.run(TOKEN, "status", address, "--json");
            assertThat(json.output())
                    .startsWith("{\"scheduler\": \"" + address + "\"")
                    .contains("\"name\": \"worker-0\"", "\"jobs\": []");
        }
    }

    @Test
    void status_whereNobodyIs_saysWhatToDo() {
        Command.Outcome outcome = Command.run(TOKEN, "status", "127.0.0.1:1");
        assertThat(outcome.status()).isOne();
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors().lines()).singleElement().asString()
                .contains("127.0.0.1:1", "Check that it runs");
    }

    @Test
    void clusterTellsItsScheduler_whichWorkerDied() {
        try (Command cluster = Command.start(TOKEN, "cluster", "--workers", "2", "--port", "0")) {
            String address = cluster.address();
            awaitWorkers(address, 2);
            long victim = Cluster.status(address).workers().getFirst().processId();
            ProcessHandle.of(victim).orElseThrow().destroyForcibly();
            Instant killed = Instant.now();
            await(address, "the dead one is gone", status -> status.workers().stream()
                    .noneMatch(worker -> worker.processId() == victim));
            assertThat(Duration.between(killed, Instant.now())).as("long before it is silent for a minute")
                    .isLessThan(Duration.ofSeconds(20));
            awaitWorkers(address, 2);
        }
    }
}

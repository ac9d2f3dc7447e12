package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.event.ClusterStatus;
import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Launcher;
import io.lazuli.tests.Wait;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import io.lazuli.tests.job.Shuffled;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// `lazuli scheduler`, `worker`, `cluster`, `status` and `demo --workers`: where their tasks run, what they show and record.
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class ClusterCommandTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final String PROPERTY = "lazuli.token";
    private static final Pattern SHOWN = Pattern.compile("Lazuli dashboard: (http://\\S+)");

    @TempDir
    Path folder;

    @BeforeAll
    static void useToken() {
        System.setProperty(PROPERTY, TOKEN);
    }

    @AfterAll
    static void forgetToken() {
        System.clearProperty(PROPERTY);
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("LAZULI_TOKEN", TOKEN, "LAZULI_HEAP", "128m"));
        all.putAll(more);
        return all;
    }

    private static CommandProcess start(String... arguments) {
        return Launcher.start(environment(Map.of()), arguments);
    }

    private static CommandProcess.Outcome run(String... arguments) {
        return Launcher.run(environment(Map.of()), arguments);
    }

    private static CommandProcess scheduler() {
        return start("scheduler", "--port", "0", "--member-port", "0");
    }

    private static CommandProcess worker(String scheduler, String name, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("worker", "--scheduler", scheduler, "--name", name, "--threads", "1", "--memory", "600MB"));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    private static void await(String scheduler, String what, Predicate<ClusterStatus> condition) {
        Wait.until(
                () -> what + ", found " + Cluster.status(scheduler), () -> condition.test(Cluster.status(scheduler)));
    }

    private static void awaitWorkers(String scheduler, int count) {
        await(scheduler, count + " workers", status -> status.workers().size() == count);
    }

    private Marks marks() {
        return Marks.in(folder.resolve("marks"));
    }

    /// So many tasks that take a while, each with nothing to read.
    private TaskGraph tasks(int count, long millis, Annotations terms) {
        Marked operation = new Marked(marks(), new Shuffled.Make(10, 1, millis));
        return TaskGraph.of(List.of(Layer.of(operation, count, List.of(), "make").withAnnotations(terms)));
    }

    private static void takeAll(Job job) {
        for (int p = 0; p < job.partitionCount(); p++) {
            job.take(p).release();
        }
    }

    /// Of the tasks that have ended so far, each once.
    private List<Long> processes() {
        return marks().endedRuns().stream().map(Marks.Run::process).toList();
    }

    /// The demo as a client of that cluster.
    private CommandProcess.Outcome runDemo(String scheduler) {
        return Launcher.run(
                environment(Map.of("LAZULI_SCHEDULER", scheduler)), "demo", "--output",
                folder.resolve("delays.parquet").toString());
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
        }
    }

    @Test
    void tasksRun_whereTheResourcesAndLabelsAreThatTheyAskFor() {
        try (CommandProcess scheduler = scheduler()) {
            String address = scheduler.address();
            try (CommandProcess plain = worker(address, "plain");
                    CommandProcess able =
                            worker(address, "able", "--resources", "gpu=1,license=2", "--labels", "big")) {
                awaitWorkers(address, 2);
                assertThat(able.handle().isAlive() && plain.handle().isAlive()).isTrue();
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
                assertThat(processes()).hasSize(18).containsOnly(able.handle().pid());
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
        try (CommandProcess scheduler = scheduler()) {
            String address = scheduler.address();
            try (CommandProcess first = worker(address, "first")) {
                awaitWorkers(address, 1);
                try (Cluster cluster = Cluster.connect(address);
                        Job job = cluster.submit(tasks(500, 30, Annotations.NONE), JobOptions.DEFAULTS);
                        CommandProcess second = worker(address, "second")) {
                    awaitWorkers(address, 2);
                    int before = processes().size();
                    takeAll(job);
                    List<Long> after = processes();
                    assertThat(after).hasSize(500);
                    long bySecond = after.stream().filter(process -> process == second.handle().pid()).count();
                    assertThat(before).as("it came in the middle").isBetween(1, 420);
                    assertThat(bySecond).as("of those after it came").isBetween(
                            (500 - before) / 4L, (500 - before) * 3 / 4L + 8);
                    assertThat(first.handle().isAlive()).isTrue();
                }
            }
        }
    }

    @Test
    void workerThatIsAskedToEnd_leavesItsResults_andStatusSaysSo() {
        try (CommandProcess scheduler = scheduler()) {
            String address = scheduler.address();
            try (CommandProcess stays = worker(address, "stays");
                    CommandProcess leaves = worker(address, "leaves")) {
                awaitWorkers(address, 2);
                try (Cluster cluster = Cluster.connect(address);
                        Job job = cluster.submit(tasks(40, 30, Annotations.NONE), JobOptions.DEFAULTS)) {
                    await(address, "some", status -> status.jobs().getFirst().finishedCount() > 10);
                    leaves.handle().destroy();
                    awaitWorkers(address, 1);
                    takeAll(job);
                    ClusterStatus status = Cluster.status(address);
                    assertThat(status.recomputedCount()).isZero();
                    assertThat(status.clientCount()).isOne();
                }
                assertThat(processes()).hasSize(40);
                assertThat(processes()).contains(leaves.handle().pid(), stays.handle().pid());
            }
        }
    }

    /// One cluster for all: a table of its workers, what they offer, one of them killed, and a page for the jobs of a client.
    @Test
    void aCluster_isShown_andTellsItsSchedulerWhichWorkerDied() throws Exception {
        try (CommandProcess cluster = start(
                "cluster", "--workers", "2", "--port", "0", "--resources", "gpu=1,license=2", "--labels", "big",
                "--dashboard", "127.0.0.1:0")) {
            String address = cluster.address();
            awaitWorkers(address, 2);
            assertStatusIsATableOrJson(address);
            assertThat(Cluster.status(address).workers()).allSatisfy(
                    worker -> assertThat(worker.offers()).contains("gpu=1", "license=2", "big", worker.name()));
            assertADeadWorkerIsToldOf(address);

            String url = cluster.await(SHOWN).group(1);
            CommandProcess.Outcome demo = runDemo(address);
            assertThat(demo.errors()).isEmpty();
            assertThat(demo.status()).isZero();
            assertThat(get(url + "metrics")).contains("\nlazuli_workers 2\n", "name=\"worker-1\"",
                    "lazuli_jobs_ended_total{state=\"succeeded\"}")
                    .doesNotContain("\nlazuli_jobs_submitted_total 0\n");
        }
    }

    private static void assertStatusIsATableOrJson(String address) {
        CommandProcess.Outcome table = run("status", address);
        assertThat(table.errors()).isEmpty();
        assertThat(table.status()).isZero();
        assertThat(table.output())
                .contains("Scheduler " + address, "WORKER", "worker-0", "worker-1", "active", "2 workers");
        CommandProcess.Outcome json = run("status", address, "--json");
        assertThat(json.output())
                .startsWith("{\"scheduler\": \"" + address + "\"")
                .contains("\"name\": \"worker-0\"", "\"jobs\": []");
    }

    private static void assertADeadWorkerIsToldOf(String address) {
        long victim = Cluster.status(address).workers().getFirst().processId();
        ProcessHandle.of(victim).orElseThrow().destroyForcibly();
        Instant killed = Instant.now();
        await(address, "the dead one is gone", status -> status.workers().stream()
                .noneMatch(worker -> worker.processId() == victim));
        assertThat(Duration.between(killed, Instant.now())).as("long before it is silent for a minute")
                .isLessThan(Duration.ofSeconds(20));
        awaitWorkers(address, 2);
    }

    @Test
    void status_whereNobodyIs_saysWhatToDo() {
        CommandProcess.Outcome outcome = run("status", "127.0.0.1:1");
        assertThat(outcome.status()).isOne();
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.errors().lines()).singleElement().asString()
                .contains("127.0.0.1:1", "Check that it runs");
    }

    @Test
    void theDemoOnWorkers_isShownAndRecorded() throws Exception {
        Path log = folder.resolve("demo.events");
        try (CommandProcess demo = Launcher.start(
                environment(Map.of("LAZULI_EVENT_LOG", log.toString(), "LAZULI_DASHBOARD", "127.0.0.1:0")), "demo",
                "--workers", "2", "--dashboard", "--output", folder.resolve("delays.parquet").toString())) {
            String url = demo.await(Pattern.compile("Dashboard: (http://\\S+)")).group(1);
            demo.await("Result: ");
            assertThat(demo.errors()).matches("Lazuli dashboard: http://127\\.0\\.0\\.1:\\d+/\n");
            assertThat(demo.output()).contains("succeeded in").doesNotContain("Made again");
            assertThat(get(url + "metrics")).contains("\nlazuli_workers 2\n", "name=\"worker-1\"");
        }
        assertRecorded(log);
    }

    /// Each run of the demo in it, from its beginning to the end.
    private static void assertRecorded(Path log) {
        CommandProcess.Outcome replay = run("replay", log.toString());
        assertThat(replay.errors()).isEmpty();
        assertThat(replay.output())
                .containsPattern("job \\d+ '.*': \\d+ of \\d+ tasks, succeeded in")
                .containsPattern("% +[0-9.]+ s +6 tasks")
                .doesNotContain("The log ends before", "The log is incomplete", "left out");
    }

    @Test
    void aScheduler_showsAndRecords_whatItsWorkersDo() throws Exception {
        Path log = folder.resolve("cluster.events");
        try (CommandProcess scheduler = Launcher.start(
                environment(Map.of("LAZULI_EVENT_LOG", log.toString())), "scheduler", "--port", "0", "--member-port",
                "0",
                "--dashboard", "127.0.0.1:0")) {
            String url = scheduler.await(SHOWN).group(1);
            String address = scheduler.address();
            try (CommandProcess worker = start("worker", "--scheduler", address, "--name", "smith")) {
                worker.await("Worker smith");
                CommandProcess.Outcome demo = runDemo(address);
                assertThat(demo.errors()).isEmpty();
                assertThat(demo.status()).isZero();
                assertThat(get(url + "api/v1/workers")).contains("\"name\":\"smith\"", "\"process\":");
            }
        }
        assertRecorded(log);
    }

    @Test
    void forOthersToSee_aTokenIsNeeded() throws Exception {
        for (CommandProcess.Outcome outcome : List.of(
                run("scheduler", "--port", "0", "--member-port", "0", "--dashboard", "0.0.0.0:0"),
                run("cluster", "--port", "0", "--dashboard", "0.0.0.0:0"))) {
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.errors()).contains("it needs a token: set LAZULI_DASHBOARD_TOKEN");
        }
        assertThat(run("cluster", "--workers").errors()).contains("cluster takes --workers VALUE");
    }
}

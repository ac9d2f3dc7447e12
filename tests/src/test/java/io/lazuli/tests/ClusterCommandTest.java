package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the commands of a cluster show and record: `demo --workers`, `cluster`, `scheduler` and `worker`.
@Timeout(180)
class ClusterCommandTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final Pattern SHOWN = Pattern.compile("Lazuli dashboard: (http://\\S+)");
    private static final Pattern LISTENS = Pattern.compile("Scheduler listens on (\\S+?),? ?(with .*)?\n");

    @TempDir
    Path folder;

    /// A command that runs until it is told to end.
    private final class Running implements AutoCloseable {
        private final Process process;
        private final Path output = folder.resolve("output-" + System.nanoTime());

        Running(Map<String, String> environment, String... arguments) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(Launcher.command(arguments))
                    .directory(Launcher.ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(Launcher.ENVIRONMENT);
            builder.environment().put("LAZULI_TOKEN", TOKEN);
            builder.environment().putAll(environment);
            process = builder.start();
        }

        String await(Pattern line) throws Exception {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (true) {
                String text = Files.readString(output);
                Matcher found = line.matcher(text);
                if (found.find()) {
                    return found.group(1);
                }
                assertThat(process.isAlive()).as(text).isTrue();
                assertThat(System.nanoTime()).as(text).isLessThan(deadline);
                Thread.sleep(50);
            }
        }

        /// As by Ctrl-C.
        @Override
        public void close() throws Exception {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + Files.readString(output));
            }
        }
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
        }
    }

    @Test
    void theDemoOnWorkers_isShownAndRecorded() throws Exception {
        Path log = folder.resolve("demo.events");
        Launcher.Outcome demo = Launcher.run(
                Map.of("LAZULI_EVENT_LOG", log.toString(), "LAZULI_DASHBOARD", "127.0.0.1:0"), "demo", "--workers",
                "2", "--output", folder.resolve("delays.parquet").toString());
        assertThat(demo.errors()).matches("Lazuli dashboard: http://127\\.0\\.0\\.1:\\d+/\n");
        assertThat(demo.status()).isZero();
        assertThat(demo.output()).contains("succeeded in").doesNotContain("Made again");

        Launcher.Outcome replay = Launcher.run("replay", log.toString());
        assertThat(replay.errors()).isEmpty();
        assertThat(replay.output())
                .containsPattern("job \\d+ '.*': \\d+ of \\d+ tasks, succeeded in")
                .containsPattern("% +[0-9.]+ s +6 tasks")
                .doesNotContain("The log ends before", "The log is incomplete", "left out");
    }

    @Test
    void theDemoOnWorkers_showsItselfInTheBrowser() throws Exception {
        try (Running demo = new Running(
                Map.of(), "demo", "--workers", "2", "--dashboard", "--output",
                folder.resolve("delays.parquet").toString())) {
            String url = demo.await(Pattern.compile("Dashboard: (http://\\S+)"));
            demo.await(Pattern.compile("(Result: )"));
            assertThat(get(url + "metrics")).contains("\nlazuli_workers 2\n", "name=\"worker-1\"");
        }
    }

    @Test
    void aCluster_showsTheJobsOfAllItsClients() throws Exception {
        try (Running cluster = new Running(
                Map.of(), "cluster", "--workers", "2", "--port", "0", "--dashboard", "127.0.0.1:0")) {
            String url = cluster.await(SHOWN);
            Launcher.Outcome demo = Launcher.run(
                    Map.of("LAZULI_SCHEDULER", cluster.await(LISTENS), "LAZULI_TOKEN", TOKEN), "demo", "--output",
                    folder.resolve("delays.parquet").toString());
            assertThat(demo.errors()).isEmpty();
            assertThat(demo.status()).isZero();
            assertThat(get(url + "metrics")).contains("\nlazuli_workers 2\n", "name=\"worker-1\"",
                    "lazuli_jobs_ended_total{state=\"succeeded\"}")
                    .doesNotContain("\nlazuli_jobs_submitted_total 0\n");
        }
    }

    @Test
    void aScheduler_showsAndRecords_whatItsWorkersDo() throws Exception {
        Path log = folder.resolve("cluster.events");
        try (Running scheduler = new Running(
                Map.of("LAZULI_EVENT_LOG", log.toString()), "scheduler", "--port", "0", "--dashboard", "127.0.0.1:0")) {
            String url = scheduler.await(SHOWN);
            String address = scheduler.await(LISTENS);
            try (Running worker = new Running(Map.of(), "worker", "--scheduler", address, "--name", "smith")) {
                worker.await(Pattern.compile("(Worker smith)"));
                Launcher.Outcome demo = Launcher.run(
                        Map.of("LAZULI_SCHEDULER", address, "LAZULI_TOKEN", TOKEN), "demo", "--output",
                        folder.resolve("delays.parquet").toString());
                assertThat(demo.errors()).isEmpty();
                assertThat(demo.status()).isZero();
                assertThat(get(url + "api/v1/workers")).contains("\"name\":\"smith\"", "\"process\":");
            }
        }
        assertThat(Launcher.run("replay", log.toString()).output())
                .containsPattern("job \\d+ '.*': \\d+ of \\d+ tasks, succeeded in")
                .doesNotContain("The log ends before", "The log is incomplete", "left out");
    }

    @Test
    void forOthersToSee_aTokenIsNeeded() throws Exception {
        for (String command : List.of("scheduler", "cluster")) {
            Launcher.Outcome outcome = Launcher.run(
                    Map.of("LAZULI_TOKEN", TOKEN), command, "--port", "0", "--dashboard", "0.0.0.0:0");
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.errors()).contains("it needs a token: set LAZULI_DASHBOARD_TOKEN");
        }
        assertThat(Launcher.run("cluster", "--workers").errors()).contains("cluster takes --workers VALUE");
    }
}

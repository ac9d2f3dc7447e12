package io.lazuli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.EventSubscriber;
import io.lazuli.scheduler.event.EventSubscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DashboardServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "0123456789abcdefXYZ";
    private static final DashboardOptions ANYWHERE = DashboardOptions.DEFAULTS.withPort(0);

    private static LocalEngine engine;
    private static Dashboard dashboard;

    @BeforeAll
    static void open() {
        engine = Work.engine();
        dashboard = Dashboard.open(ANYWHERE, engine.events());
        assertThat(Work.calls(engine, "first", "add", 50, Duration.ZERO)).isEqualTo(50);
    }

    @AfterAll
    static void close() {
        dashboard.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/assets/main.js", "/assets/uPlot.iife.min.js", "/assets/lazuli.css", "/health", "/metrics",
                "/api/v1/jobs", "/api/v1/workers", "/api/v1/failures", "/nothing", "/api/v1/jobs/99"})
    void everyAnswer_hasTheHeadersThatKeepItSafe(String path) {
        Http.Response answer = Http.get(dashboard.port(), path);
        assertThat(answer.status()).isIn(200, 404);
        assertSafe(answer);
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }

    private static void assertSafe(Http.Response answer) {
        assertThat(answer.header("content-security-policy"))
                .isEqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GETT"})
    void onlyGetAndHead_areAnswered(String method) {
        Http.Response answer = Http.send(dashboard.port(), Http.request(method, "/", "Host: localhost"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
        assertSafe(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/api/v1/events"})
    void head_hasNoBody(String path) {
        Http.Response answer = Http.send(dashboard.port(), Http.request("HEAD", path, "Host: localhost"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:1", "127.0.0.1", "127.0.0.1:8787", "[::1]:8787", "LOCALHOST:80"})
    void namesThatCannotLeadAstray_areAllowed(String host) {
        assertThat(Http.send(dashboard.port(), Http.request("GET", "/health", "Host: " + host)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8787", "10.0.0.7",
        "evil.example:8787", "localhost:80:80", "[::2]"})
    void otherNames_areRefused(String host) {
        Http.Response answer = Http.send(dashboard.port(), Http.request("GET", "/api/v1/jobs", "Host: " + host));
        assertThat(answer.status()).isIn(400, 421);
        assertThat(answer.body()).doesNotContain("first");
    }

    @Test
    void aRequestWithoutHost_isRefused() {
        assertThat(Http.send(dashboard.port(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status()).isEqualTo(400);
        assertThat(Http.send(dashboard.port(), "GET / HTTP/1.0\r\n\r\n").status()).isEqualTo(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/../index.html", "/assets/..%2f..%2fMETA-INF/MANIFEST.MF",
        "/assets/%2e%2e/lazuli.css",
        "/assets//lazuli.css", "/assets/../../../../../../etc/passwd", "/assets/%00", "/assets/lazuli.css%00.js",
        "/assets/..\\index.html", "//assets/main.js", "/assets/", "/assets/.", "/assets/main.js/", "/../../etc/passwd",
        "/api/v1/jobs/..", "/api/v1/jobs/-1", "/api/v1/jobs/99999999999999999999"})
    void pathsThatLeadElsewhere_findNothing(String path) {
        Http.Response answer = Http.get(dashboard.port(), path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("root:").doesNotContain("Manifest").doesNotContain("<!doctype");
        assertSafe(answer);
    }

    @Test
    void requestsThatAreTooLarge_areRefused() {
        int port = dashboard.port();
        Http.Response longHeader = Http.get(port, "/", "X-Long: " + "x".repeat(20_000));
        assertThat(longHeader.status()).isEqualTo(431);
        assertSafe(longHeader);
        assertThat(Http.get(port, "/" + "y".repeat(2_000)).status()).isEqualTo(414);
        assertThat(Http.get(port, "/" + "y".repeat(50_000)).status()).isIn(414, 431);
        assertThat(Http.get(port, "/", "Content-Length: 5").status()).isEqualTo(413);
        assertThat(Http.get(port, "/", "Transfer-Encoding: chunked").status()).isEqualTo(413);
        assertThat(Http.get(port, "/health").status()).as("and it goes on").isEqualTo(200);
    }

    @Test
    void offLoopback_aTokenIsNeeded() {
        DashboardOptions open = ANYWHERE.withHost("0.0.0.0");
        assertThatThrownBy(() -> Dashboard.open(open, engine.events()))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageStartingWith(
                        "A dashboard at 0.0.0.0 can be reached from other machines, so it needs a token: set LAZULI_DASHBOARD_TOKEN");
        assertThatThrownBy(() -> open.withToken("short")).hasMessageContaining("5 characters, expected at least 16");
        try (Dashboard guarded = Dashboard.open(open.withToken(TOKEN), engine.events())) {
            assertGuarded(guarded);
        }
        assertThat(open.withToken(TOKEN).toString()).doesNotContain(TOKEN);
    }

    @Test
    void onLoopback_aTokenIsAskedForIfItIsSet() {
        try (Dashboard guarded = Dashboard.open(ANYWHERE.withToken(TOKEN), engine.events())) {
            assertGuarded(guarded);
        }
    }

    private static void assertGuarded(Dashboard guarded) {
        int port = guarded.port();
        assertThat(guarded.url().getQuery()).isEqualTo("token=" + TOKEN);
        for (String path : Set.of("/", "/assets/main.js", "/health", "/metrics", "/api/v1/jobs", "/api/v1/events",
                "/?token=" + TOKEN + "x", "/?token=", "/nothing")) {
            Http.Response answer = Http.get(port, path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertSafe(answer);
        }
        Http.Response shown = Http.get(port, "/?token=" + TOKEN);
        assertThat(shown.status()).isEqualTo(303);
        assertThat(shown.header("location")).isEqualTo("/");
        assertThat(shown.header("set-cookie")).endsWith("; Path=/; HttpOnly; SameSite=Strict").doesNotContain(TOKEN);
        String cookie = shown.header("set-cookie").split(";")[0];
        assertThat(Http.get(port, "/", "Cookie: other=1; " + cookie).status()).isEqualTo(200);
        assertThat(Http.get(port, "/", "Cookie: " + cookie + "0").status()).isEqualTo(401);
        assertThat(Http.get(port, "/metrics", "Authorization: Bearer " + TOKEN).status()).isEqualTo(200);
        assertThat(Http.get(port, "/metrics", "Authorization: Bearer " + TOKEN + "0").status()).isEqualTo(401);
        assertThat(Http.get(port, "/metrics", "Authorization: Basic " + TOKEN).status()).isEqualTo(401);
    }

    @Test
    void aPortThatIsTaken_isPassedOver() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Dashboard next = Dashboard.open(ANYWHERE.withPort(taken.getLocalPort()), engine.events())) {
            assertThat(next.port()).isGreaterThan(taken.getLocalPort());
            assertThat(Http.get(next.port(), "/health").status()).isEqualTo(200);
        }
        assertThatThrownBy(() -> ANYWHERE.withPort(65_536)).hasMessageContaining("port is 65536, expected 1 to 65535");
    }

    @Test
    void messages_endWithTheNumbersOfTheEngine() throws IOException {
        try (LocalEngine fresh = Work.engine();
                Dashboard shown = Dashboard.open(ANYWHERE, fresh.events());
                Messages messages = new Messages(shown.port(), "")) {
            JsonNode first = messages.next();
            assertThat(first.path("all").asBoolean()).isTrue();
            assertThat(first.path("jobs")).isEmpty();
            Work.calls(fresh, "three hundred", "add", 300, Duration.ofMillis(2));
            JsonNode end = messages.await(message -> {
                assertThat(message.path("all").asBoolean()).isFalse();
                JsonNode job = message.path("jobs").path(0);
                return job.path("state").asText().equals("succeeded");
            });
            JsonNode job = end.path("jobs").path(0);
            assertThat(job.path("tasks").asInt()).isEqualTo(302);
            assertThat(job.path("finished").asInt()).isEqualTo(302);
            assertThat(end.path("totals").path("finished").asInt()).isEqualTo(302);
            assertThat(end.path("workers").path(0).path("threads").asInt()).isEqualTo(2);
            JsonNode one = JSON.readTree(Http.get(shown.port(), "/api/v1/jobs/" + job.path("id").asLong()).body());
            assertThat(one.path("name").asText()).isEqualTo("three hundred");
            assertThat(one.path("plan").size()).isEqualTo(one.path("layers").size()).isPositive();
            assertThat(messages.await(message -> message.path("samples").size() > 0).path("samples").path(0)
                    .path("limit").asLong()).isEqualTo(1 << 26);
        }
    }

    /// A browser that reads nothing: its connection fills up, its messages are dropped, and nobody else notices.
    @Test
    void whoReadsNothing_holdsUpNobody() throws IOException {
        try (LocalEngine fresh = Work.engine();
                Dashboard shown = Dashboard.open(ANYWHERE, fresh.events());
                Socket asleep = Http.open(shown.port(), Http.request("GET", "/api/v1/events", "Host: localhost"));
                Messages awake = new Messages(shown.port(), "")) {
            awake.next();
            for (int round = 0; round < 30; round++) {
                Work.calls(fresh, "round " + round + "x".repeat(5_000), "add", 1_500, Duration.ofNanos(10_000));
            }
            awake.await(message -> message.path("totals").path("finished").asInt() == 30 * 1_502);
            assertThat(asleep.isConnected()).isTrue();
            assertThat(Http.get(shown.port(), "/health").status()).isEqualTo(200);
        }
    }

    @Test
    void whenTheEngineCloses_itsLastStateStaysInSight() throws IOException {
        LocalEngine fresh = Work.engine();
        try (Dashboard shown = Dashboard.open(ANYWHERE, fresh.events());
                Messages messages = new Messages(shown.port(), "")) {
            Work.calls(fresh, "last", "add", 20, Duration.ZERO);
            fresh.close();
            messages.await(message -> message.path("closed").asBoolean());
            JsonNode jobs = JSON.readTree(Http.get(shown.port(), "/api/v1/jobs").body()).path("jobs");
            assertThat(jobs.path(0).path("finished").asInt()).isEqualTo(22);
            JsonNode health = JSON.readTree(Http.get(shown.port(), "/health").body());
            assertThat(health.path("engine").asText()).isEqualTo("closed");
        } finally {
            fresh.close();
        }
    }

    @Test
    void whatIsSeen_canBeKept(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("now.html");
        dashboard.report().write(file);
        assertThat(file).content().startsWith("<!doctype html>").contains("\"name\":\"first\"");
    }

    @Test
    void addresses_areThoseOfThisMachine() {
        assertThat(DashboardOptions.parse("1", Optional.empty())).isEqualTo(DashboardOptions.DEFAULTS);
        assertThat(DashboardOptions.parse("[::1]:0", Optional.of(TOKEN)))
                .isEqualTo(new DashboardOptions("::1", 0, Optional.of(TOKEN)));
        assertThatThrownBy(() -> DashboardOptions.parse("here", Optional.empty()))
                .hasMessageContaining("The dashboard's address is 'here'");
        assertThatThrownBy(() -> Dashboard.open(ANYWHERE.withHost("no.such.host.invalid"), engine.events()))
                .hasMessageContaining("The dashboard's host 'no.such.host.invalid' is not known");
    }

    @Test
    void health_isToldInJson() throws IOException {
        Http.Response answer = Http.get(dashboard.port(), "/health");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        JsonNode health = JSON.readTree(answer.body());
        assertThat(health.path("status").asText()).isEqualTo("up");
        assertThat(health.path("workers").asInt()).isEqualTo(1);
    }

    /// An engine whose events the dashboard hears no more.
    private record Silent(Instant opened) implements EventStream {
        @Override
        public long nanos() {
            return 1;
        }

        @Override
        public EventSubscription subscribe(EventSubscriber subscriber, Delivery delivery) {
            return new EventSubscription() {
                @Override
                public void sync() {}

                @Override
                public long droppedBlockCount() {
                    return 0;
                }

                @Override
                public Optional<Throwable> failure() {
                    return Optional.of(new IllegalStateException("lost"));
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void health_isBad_whenTheDashboardHearsNoMore() throws IOException {
        try (Dashboard deaf = Dashboard.open(ANYWHERE, new Silent(Instant.EPOCH))) {
            Http.Response answer = Http.get(deaf.port(), "/health");
            assertThat(answer.status()).isEqualTo(503);
            JsonNode health = JSON.readTree(answer.body());
            assertThat(health.path("status").asText()).isEqualTo("down");
            assertThat(health.path("trouble").asText()).contains("tells no more", "lost");
        }
    }

    /// Every line of the text format is a comment or a sample, each metric is told of before its samples and only once, and counters
    /// are called so.
    @Test
    void metrics_areWhatPrometheusReads() {
        Http.Response answer = Http.get(dashboard.port(), "/metrics");
        assertThat(answer.header("content-type")).startsWith("text/plain; version=0.0.4");
        Pattern help = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) \\S.*");
        Pattern type = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)");
        Pattern sample = Pattern.compile(
                "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:,?[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\")+})? (-?\\d+(?:\\.\\d+(?:E-?\\d+)?)?)");
        String current = "";
        Set<String> told = new HashSet<>();
        Set<String> series = new HashSet<>();
        for (String line : answer.body().split("\n")) {
            Matcher found = help.matcher(line);
            if (found.matches()) {
                current = found.group(1);
                assertThat(told.add(current)).as(line).isTrue();
            } else if ((found = type.matcher(line)).matches()) {
                assertThat(found.group(1)).isEqualTo(current);
                assertThat(current.endsWith("_total")).as(line).isEqualTo(found.group(2).equals("counter"));
            } else {
                found = sample.matcher(line);
                assertThat(found.matches()).as(line).isTrue();
                assertThat(found.group(1)).isEqualTo(current);
                assertThat(series.add(found.group(1) + found.group(2))).as(line).isTrue();
            }
        }
        assertThat(answer.body()).endsWith("\n").contains("\nlazuli_tasks_finished_total 52\n", "\nlazuli_workers 1\n",
                "\nlazuli_jobs_ended_total{state=\"succeeded\"} 1\n",
                "\nlazuli_worker_threads{worker=\"0\",name=\"worker 0\"} 2\n");
    }
}

package io.lazuli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.LocalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordedRunTest {
    private static final DashboardOptions ANYWHERE = DashboardOptions.DEFAULTS.withPort(0);
    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

    @TempDir
    static Path directory;

    private static Path log;

    @BeforeAll
    static void record() {
        log = directory.resolve("run.events");
        try (LocalEngine engine = LocalEngine.open(Work.options().withEventLog(log))) {
            Work.calls(engine, "one", "add", 200, Duration.ofMillis(2));
            Work.calls(engine, "two " + HOSTILE, HOSTILE, 200, Duration.ofMillis(2));
            Work.failure(engine, "three", "break", "out of " + HOSTILE);
        }
    }

    @Test
    void whoAsksForNothingElse_seesTheEnd() throws IOException {
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, log);
                Messages messages = new Messages(dashboard.port(), "")) {
            JsonNode all = messages.next();
            assertThat(all.path("all").asBoolean()).isTrue();
            assertThat(all.path("jobs").findValuesAsText("state")).containsExactly("succeeded", "succeeded", "failed");
            assertThat(all.path("totals").path("finished").asInt()).isEqualTo(404);
            assertThat(all.path("failures").findValuesAsText("kind")).containsExactly("retried", "failed", "job");
            assertThat(all.path("failures").findValuesAsText("attempt")).containsExactly("1", "2", "-1");
            assertThat(all.path("failures").findValuesAsText("layer")).containsExactly("break", "break", "break");
            assertThat(all.path("failures").findValuesAsText("message")).hasSize(3)
                    .allSatisfy(message -> assertThat(message).contains("out of " + HOSTILE));
            assertThat(messages.next().path("replay").path("done").asBoolean()).isTrue();
            assertThatThrownBy(messages::next).isInstanceOf(IOException.class);
        }
    }

    /// What was before at once, what follows as it went, ten times as fast; and all of it in the end.
    @Test
    void aReplay_startsWhereItIsAskedTo_andTellsAllThatFollows() throws IOException {
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, log)) {
            long middle;
            try (Messages messages = new Messages(dashboard.port(), "")) {
                JsonNode second = messages.next().path("jobs").path(1);
                middle = second.path("start").asLong() + second.path("elapsed").asLong() / 2;
            }
            try (Messages messages = new Messages(dashboard.port(), "?speed=1000&at=" + middle)) {
                JsonNode first = messages.next();
                assertThat(first.path("totals").path("finished").asInt()).isBetween(202, 403);
                assertThat(first.path("jobs").findValuesAsText("state")).contains("running");
                JsonNode last = messages.await(message -> message.path("replay").path("done").asBoolean());
                assertThat(last.path("totals").path("finished").asInt()).isEqualTo(404);
                assertThat(last.path("now").asLong()).isGreaterThan(middle);
            }
            try (Messages messages = new Messages(dashboard.port(), "?speed=0&at=" + middle)) {
                assertThat(messages.next().path("now").asLong()).isEqualTo(middle);
                assertThat(messages.next().path("replay").path("done").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void aTruncatedLog_showsWhatThereIs_andSaysSo() throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
        assertNotice(cut, "The log ends after");
    }

    @Test
    void aDamagedLog_showsWhatComesBefore_andSaysSo() throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length * 2 / 3] ^= 0x55;
        Path damaged = Files.write(directory.resolve("damaged"), bytes);
        assertNotice(damaged, "is damaged at byte");
    }

    private static void assertNotice(Path file, String notice) throws IOException {
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, file);
                Messages messages = new Messages(dashboard.port(), "")) {
            JsonNode all = messages.next();
            assertThat(all.path("notice").asText()).contains(notice);
            assertThat(all.path("totals").path("finished").asInt()).isBetween(10, 403);
            assertThat(Http.get(dashboard.port(), "/health").status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNoLog_isRefused() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "a text that is long enough to hold a header");
        assertThatThrownBy(() -> Dashboard.replay(ANYWHERE, text)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("is no event log");
        assertThatThrownBy(() -> Report.of(directory.resolve("none"))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("Cannot read event log");
    }

    @Test
    void aReport_needsNothingElse_andKeepsTextsApartFromMarkup() throws IOException {
        Path file = directory.resolve("run.html");
        Report.of(log).write(file);
        String page = Files.readString(file);
        assertThat(page).doesNotContain(HOSTILE).doesNotContain("<img").doesNotContain("<link")
                .doesNotContain("<script src");
        assertThat(page.split("</script>", -1)).as("three scripts").hasSize(4);
        assertThat(page).contains(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-");
        String start = "id=\"recording\">";
        String json = page.substring(page.indexOf(start) + start.length(), page.indexOf("</script>"));
        JsonNode recording = new ObjectMapper().readTree(json);
        assertThat(recording.path("jobs").findValuesAsText("name")).contains("two " + HOSTILE);
        assertThatThrownBy(() -> Report.of(log).write(directory.resolve("none/run.html")))
                .hasMessageContaining("Cannot write report");
    }
}

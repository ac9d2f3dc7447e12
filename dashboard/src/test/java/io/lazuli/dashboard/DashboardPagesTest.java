package io.lazuli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dashboard.browser.Browser;
import io.lazuli.dashboard.browser.Page;
import io.lazuli.graph.Token;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventLog;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.JobDescription.Input;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import io.lazuli.scheduler.event.JobDescription.Pattern;
import io.lazuli.scheduler.event.WorkerDescription;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The pages in a real browser. Left out where there is none.
@Tag("browser")
@EnabledIf("io.lazuli.dashboard.browser.Browser#isInstalled")
@Timeout(180)
class DashboardPagesTest {
    private static final DashboardOptions ANYWHERE = DashboardOptions.DEFAULTS.withPort(0);
    private static final List<String> PAGES = List.of("status", "graph", "plan", "workers", "workers/0", "failures");
    private static final String BREAKING = "<img src=x onerror=\"document.title='broken'\">";

    private static final List<String> NAMES = List.of(
            BREAKING, "</script><script>document.title='broken'</script>", "\u202egnp.exe \u2066abc",
            "x".repeat(3_000),
            "{{constructor}} ${1} %s &lt;b&gt;", "\ud83d broken \0 half");

    private static Browser browser;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static void show(Page page, String name) {
        page.evaluate("location.hash = '#/" + name + "'");
        page.await("document.querySelector('main > .page:not([hidden])') && location.hash === '#/" + name + "'");
    }

    /// Nothing is wider than the window, so nobody has to scroll sideways.
    private static void assertFits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth").asBoolean())
                .as("%s is wider than the window", page.evaluate("location.href"))
                .isTrue();
    }

    @Test
    void aJobRuns_numbersChange_andEndAsTheEngines() {
        try (LocalEngine engine = Work.engine();
                Dashboard dashboard = Dashboard.open(ANYWHERE, engine.events());
                Page page = browser.newPage()) {
            page.go(dashboard.url()).await("document.querySelector('.page .empty h2').innerText === 'No jobs yet'");
            CompletableFuture<Integer> job = CompletableFuture.supplyAsync(
                    () -> Work.calls(engine, "three thousand", "increment", 3_000, Duration.ofMillis(1)));
            page.await("document.querySelector('.job .badge').innerText.includes('running')");
            page.await("parseInt(document.querySelector('.job-facts').innerText) > 0");
            assertThat(job.join()).isEqualTo(3_000);
            page.await("document.querySelector('.job .badge').innerText.includes('succeeded')");
            assertThat(page.text(".job-facts")).startsWith("3,002 / 3,002 tasks");
            assertThat(page.text(".tile-value")).isEqualTo("3,002");
            assertThat(page.text(".layer-row")).contains("increment, sum", "3,001 / 3,001");
            page.evaluate("(select => { select.value = '0'; select.dispatchEvent(new Event('change')); })"
                    + "(document.querySelector('.stream-card select'))");
            page.await("document.querySelector('.stream-card .legend').innerText.includes('3,001')");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void namesFromPrograms_stayText_whateverTheyAre() {
        try (LocalEngine engine = Work.engine();
                Dashboard dashboard = Dashboard.open(ANYWHERE, engine.events());
                Page page = browser.newPage()) {
            for (String name : NAMES) {
                Work.calls(engine, name, name, 20, Duration.ofMillis(1));
                Work.failure(engine, name, name, name);
            }
            page.go(dashboard.url()).await("document.querySelectorAll('.job').length === " + 2 * NAMES.size());
            assertThat(page.evaluate("document.body.innerText").asText()).contains(BREAKING).contains(NAMES.get(1));
            for (String name : PAGES) {
                show(page, name);
                page.size(1280, 720);
                assertFits(page);
                page.size(390, 844);
                assertFits(page);
            }
            show(page, "plan/1");
            page.await("document.querySelector('.plan-label').innerText.startsWith('" + BREAKING.replace("'", "\\'")
                    + "')");
            assertStaysText(page);
        }
    }

    private static void assertStaysText(Page page) {
        assertThat(page.evaluate("document.querySelectorAll('img, main script, #app script').length").asInt()).isZero();
        assertThat(page.evaluate("document.title").asText()).doesNotContain("broken");
        assertThat(page.complaints()).isEmpty();
    }

    /// Workers are called as whoever starts them likes, and so are their hosts; why one left may be anything.
    @Test
    void namesOfWorkers_stayText_whateverTheyAre() {
        TransitionBuffer buffer = new TransitionBuffer();
        buffer.open(0);
        Map<Integer, WorkerDescription> workers = new HashMap<>();
        for (int worker = 0; worker < NAMES.size(); worker++) {
            workers.put(worker, new WorkerDescription(NAMES.get(worker), NAMES.get(worker), worker));
            buffer.workerJoined(worker, 4);
            buffer.workerSampled(worker, 100, 2, 1 << 20, 100 << 20, 50 << 20, 200 << 20, -1, -1, 0);
        }
        buffer.workerLeft(0);
        EventLog log = EventLog.create(directory.resolve("workers.events"), Instant.EPOCH);
        log.accept(new EventBlock(
                1, buffer.take(), Map.of(), Map.of(), workers, Map.of(0, BREAKING), List.of()));
        log.end();
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, directory.resolve("workers.events"));
                Page page = browser.newPage()) {
            page.go(URI.create(dashboard.url() + "#/workers"))
                    .await("document.querySelectorAll('.scrolls tbody tr').length === " + NAMES.size());
            assertThat(page.text(".scrolls tbody")).contains(BREAKING, NAMES.get(1), "lost: " + BREAKING);
            show(page, "failures");
            page.await("document.querySelector('.is-worker')");
            assertThat(page.text(".is-worker")).contains(BREAKING);
            for (String name : PAGES) {
                show(page, name);
                page.size(1280, 720);
                assertFits(page);
                page.size(390, 844);
                assertFits(page);
            }
            assertStaysText(page);
        }
    }

    @Test
    void withoutJobs_eachPageSaysWhatWillBeThere() {
        try (LocalEngine engine = Work.engine();
                Dashboard dashboard = Dashboard.open(ANYWHERE, engine.events());
                Page page = browser.newPage()) {
            page.go(dashboard.url());
            for (String[] expected : new String[][] {{"status", "No jobs yet"}, {"graph", "No job to draw"},
                {"plan", "No plan yet"}, {"failures", "All is well"}, {"workers/7", "No workers"}}) {
                show(page, expected[0]);
                page.await(
                        "document.querySelector('.page .empty:not([hidden]) h2').innerText === '" + expected[1] + "'");
            }
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void whenTheServerGoes_thePageSaysSo_andFindsItAgain() {
        try (LocalEngine engine = Work.engine(); Page page = browser.newPage()) {
            int port;
            try (Dashboard dashboard = Dashboard.open(ANYWHERE, engine.events())) {
                port = dashboard.port();
                page.go(dashboard.url()).await("document.querySelector('.connection').innerText.includes('live')");
                assertThat(page.evaluate("document.querySelectorAll('.notice:not([hidden])').length").asInt()).isZero();
            }
            page.await("document.querySelector('.connection').innerText.includes('disconnected')");
            assertThat(page.text(".notice:not([hidden])")).contains("cannot be reached");
            page.screenshot(Path.of("target/screenshots/disconnected.png"));
            try (Dashboard again = Dashboard.open(ANYWHERE.withPort(port), engine.events())) {
                assertThat(again.port()).isEqualTo(port);
                page.await("document.querySelector('.connection').innerText.includes('live')");
                page.await("document.querySelectorAll('.notice:not([hidden])').length === 0");
            }
        }
    }

    @Test
    void theTheme_followsTheSystem_untilItIsChosen_andIsRemembered() {
        try (LocalEngine engine = Work.engine();
                Dashboard dashboard = Dashboard.open(ANYWHERE, engine.events());
                Page page = browser.newPage()) {
            String theme = "document.documentElement.dataset.theme === '%s'";
            page.prefers("dark").go(dashboard.url()).await(theme.formatted("dark"));
            String dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor").asText();
            page.prefers("light").await(theme.formatted("light"));
            assertThat(page.evaluate("getComputedStyle(document.documentElement).backgroundColor").asText())
                    .isNotEqualTo(dark);
            page.evaluate("document.querySelector('.theme').click()");
            page.await(theme.formatted("dark"));
            page.evaluate("location.reload()");
            page.await("document.querySelector('.theme').innerText === 'Theme: dark' && " + theme.formatted("dark"));
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void withAToken_theLinkThatWasPrintedOpensThePages() {
        try (LocalEngine engine = Work.engine();
                Dashboard dashboard = Dashboard.open(ANYWHERE.withToken("abcdefghijklmnop-123"), engine.events());
                Page page = browser.newPage()) {
            page.go(dashboard.url()).await("document.querySelector('.connection').innerText.includes('live')");
            assertThat(page.evaluate("location.href").asText()).doesNotContain("token");
            assertThat(page.evaluate("document.cookie").asText()).as("scripts cannot read it").isEmpty();
            assertThat(page.complaints()).isEmpty();
        }
    }

    private Path recording() {
        Path log = directory.resolve("run.events");
        try (LocalEngine engine = LocalEngine.open(Work.options().withEventLog(log))) {
            Work.calls(engine, "recorded", "increment", 400, Duration.ofMillis(4));
            Work.failure(engine, "broken " + BREAKING, "break", "out of luck");
        }
        return log;
    }

    @Test
    void aRecordedRun_isPlayedPausedAndSearched() {
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, recording()); Page page = browser.newPage()) {
            page.go(dashboard.url()).await("document.querySelectorAll('.job').length === 2");
            assertThat(page.text(".play")).isEqualTo("▶ Play");
            page.evaluate("document.querySelector('.play').click()");
            page.await("document.querySelector('.job .badge').innerText.includes('running')");
            page.await("document.querySelector('.play').innerText.includes('Pause')");
            page.evaluate("document.querySelector('.play').click()");
            page.await("document.querySelector('.play').innerText.includes('Play')");
            String paused = page.text(".job-facts");
            assertThat(paused).doesNotStartWith("402 /");
            page.evaluate("(slider => { slider.value = '1000'; slider.dispatchEvent(new Event('change')); })"
                    + "(document.querySelector('.replay input'))");
            page.await("document.querySelectorAll('.job').length === 2");
            page.await("document.querySelectorAll('.job-facts')[1].innerText.startsWith('402 / 402')");
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void aDamagedRecord_isShownWithANotice() throws IOException {
        byte[] bytes = Files.readAllBytes(recording());
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(bytes, bytes.length / 2));
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, cut); Page page = browser.newPage()) {
            page.go(dashboard.url()).await("document.querySelector('.job')");
            page.await("document.querySelector('.notice:not([hidden])').innerText.includes('The log ends after')");
        }
    }

    @Test
    void aReport_opensFromTheDisk_andLoadsNothing() {
        Path file = directory.resolve("report.html");
        Report.of(recording()).write(file);
        try (Page page = browser.newPage()) {
            URI uri = file.toUri();
            page.go(uri).await("document.querySelectorAll('.job').length === 2");
            for (String name : PAGES) {
                show(page, name);
                assertFits(page);
            }
            show(page, "failures");
            assertThat(page.text(".failures")).contains(BREAKING, "out of luck", "Attempt failed, ran again");
            show(page, "status");
            page.await("document.querySelector('.chart canvas')");
            assertThat(page.complaints()).isEmpty();
            assertThat(page.requests()).allSatisfy(url -> assertThat(url).startsWith(uri.toString()));
        }
    }

    /// A log of one job with a graph that nobody would write by hand: deep, wide, and with edges over many rows.
    private Path largeGraph(int layerCount) {
        Random random = new Random(3);
        List<LayerDescription> layers = new ArrayList<>();
        for (int i = 0; i < layerCount; i++) {
            List<Input> inputs = new ArrayList<>();
            for (int input = random.nextInt(3); input > 0 && i > 0; input--) {
                int near = Math.max(0, i - 12);
                inputs.add(new Input(random.nextInt(20) == 0 ? random.nextInt(i) : random.nextInt(near, i),
                        Pattern.EXCHANGE, 0));
            }
            layers.add(new LayerDescription(new Token(1, i), "layer " + i, i, 1, false, inputs));
        }
        TransitionBuffer buffer = new TransitionBuffer();
        buffer.open(0);
        buffer.jobSubmitted(1, 0, EngineEvent.NONE);
        EventLog log = EventLog.create(directory.resolve("large.events"), Instant.EPOCH);
        log.accept(new EventBlock(
                1, buffer.take(), Map.of(1L, new JobDescription(1, EngineEvent.NONE, "large", 0, layers)), Map.of()));
        log.end();
        return directory.resolve("large.events");
    }

    @Test
    void aGraphOfManyLayers_isLaidOutWithoutOverlaps_andMoves() {
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, largeGraph(600)); Page page = browser.newPage()) {
            page.go(URI.create(dashboard.url() + "#/graph/1"))
                    .await("document.querySelectorAll('.box-group').length === 600");
            assertThat(page.evaluate("""
                    (() => {
                      const boxes = [...document.querySelectorAll('.box-group')].map(box => {
                        const [, x, y] = box.getAttribute('transform').match(/\\(([-\\d.]+) ([-\\d.]+)\\)/);
                        return {x: Number(x), y: Number(y)};
                      });
                      let overlaps = 0;
                      boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
                        overlaps += Math.abs(a.x - b.x) < 240 && Math.abs(a.y - b.y) < 60 ? 1 : 0;
                      }));
                      return overlaps;
                    })()""").asInt()).isZero();
            String view = "document.querySelector('.graph').getAttribute('viewBox')";
            String before = page.evaluate(view).asText();
            page.evaluate("document.querySelector('[aria-label=Enlarge]').click()");
            assertThat(page.evaluate(view).asText()).isNotEqualTo(before);
            page.evaluate("document.querySelector('[aria-label=\"Show all\"]').click()");
            assertThat(page.evaluate(view).asText()).isEqualTo(before);
            page.evaluate("document.querySelectorAll('.box-group')[7].focus()");
            assertThat(page.text(".details h2")).isEqualTo("layer 7");
            assertThat(page.complaints()).isEmpty();
        }
    }

    /// A log of a cluster: workers that each say what they use, of which one has left.
    private Path cluster(int workerCount) {
        TransitionBuffer buffer = new TransitionBuffer();
        buffer.open(0);
        for (int worker = 0; worker < workerCount; worker++) {
            buffer.workerJoined(worker, 4);
        }
        for (int second = 1; second <= 30; second++) {
            buffer.at(second * 1_000_000_000L);
            for (int worker = 0; worker < workerCount; worker++) {
                buffer.workerSampled(
                        worker, 100 * worker, 2, (second + worker) << 20, 100 << 20, 50 << 20, 200 << 20, -1, -1, 0);
            }
        }
        buffer.workerLeft(1);
        EventLog log = EventLog.create(directory.resolve("cluster.events"), Instant.EPOCH);
        log.accept(new EventBlock(1, buffer.take(), Map.of(), Map.of()));
        log.end();
        return directory.resolve("cluster.events");
    }

    @Test
    void severalWorkers_areShownEach_andManyInSum() {
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, cluster(3)); Page page = browser.newPage()) {
            page.go(URI.create(dashboard.url() + "#/workers"))
                    .await("document.querySelectorAll('.scrolls tbody tr').length === 3");
            assertThat(page.text("tbody tr:nth-child(2)")).contains("worker 1", "left");
            assertThat(page.text("tbody tr:nth-child(3)")).contains("worker 2", "here", "0.20", "32.0 MiB", "100 MiB");
            show(page, "status");
            page.await("document.querySelector('.chart .u-legend').innerText.includes('worker 2')");
            assertThat(page.text(".tiles")).contains("62.0 MiB", "of 200 MiB");
            show(page, "workers/2");
            page.await(
                    "document.querySelectorAll('.scrolls tbody tr').length === 1 && document.querySelector('.chart canvas')");
            assertThat(page.complaints()).isEmpty();
        }
        try (Dashboard dashboard = Dashboard.replay(ANYWHERE, cluster(40)); Page page = browser.newPage()) {
            page.go(dashboard.url()).await("document.querySelector('.chart-now').innerText !== ''");
            page.await("document.querySelector('.chart canvas')");
            show(page, "workers");
            page.await("document.querySelectorAll('.scrolls tbody tr').length === 40");
            assertFits(page);
            assertThat(page.complaints()).isEmpty();
        }
    }
}

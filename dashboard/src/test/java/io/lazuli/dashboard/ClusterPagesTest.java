package io.lazuli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lazuli.dashboard.browser.Browser;
import io.lazuli.dashboard.browser.Page;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.ProgressView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// A cluster of processes in a real browser, one of which is killed. Leaves pictures in `target/screenshots`.
@Tag("browser")
@EnabledIf("io.lazuli.dashboard.browser.Browser#isInstalled")
@Timeout(180)
class ClusterPagesTest {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final int PARTS = 240;
    private static final int MODELS = 80;

    /// One row without columns, after a while.
    private record Take(String name, long millis) implements Operation {
        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end) {
                context.checkCancelled();
                LockSupport.parkNanos(200_000);
            }
            return Block.columns(1, new byte[0], List.of());
        }
    }

    /// Parts that all models need, and models that the last task needs: whoever dies in between takes many results along.
    private static TaskGraph graph() {
        Layer parts = Layer.of(new Take("read", 4), PARTS, List.of(), "read part");
        Layer models = Layer.of(
                new Take("train", 40), MODELS, List.of(new Dependency.Broadcast(parts.token())), "train model");
        Layer best = Layer.of(
                new Take("choose", 2), 1, List.of(new Dependency.Broadcast(models.token())), "choose the best");
        return TaskGraph.of(List.of(parts, models, best));
    }

    @Test
    void aWorkerIsKilled_thePagesTellIt_andTheirNumbersAreTheEngines() throws Exception {
        ProgressView view = new ProgressView();
        try (Cluster cluster = Cluster.processes(2, Work.options());
                EventSubscription subscription = cluster.events().subscribe(view, Delivery.LOSSY);
                Dashboard dashboard =
                        Dashboard.open(DashboardOptions.DEFAULTS.withPort(0), cluster.events());
                Browser browser = Browser.start();
                Page page = browser.newPage()) {
            page.size(1280, 800).prefers("dark").go(dashboard.url());
            show(page, "workers");
            page.await("document.querySelectorAll('.scrolls tbody tr').length === 2"
                    + " && [...document.querySelectorAll('.scrolls tbody tr')].every(row => row.innerText.includes('here'))");
            assertThat(page.text(".scrolls tbody")).contains("worker-0", "worker-1", "127.0.0.1 · process ");

            show(page, "status");
            try (Job job = cluster.submit(graph(), JobOptions.DEFAULTS.withName("choose a model"))) {
                page.await("parseInt(document.querySelector('.job-facts').innerText) > " + (PARTS + 10));
                ProcessHandle killed = cluster.workerProcesses().getFirst();
                assertThat(killed.destroyForcibly()).isTrue();
                job.take(0).release();
                subscription.sync();
                JobSummary summary = view.summaries().getFirst();
                assertThat(summary.recomputedCount()).isPositive();
                page.await("document.querySelector('.job .badge').innerText.includes('succeeded')");
                assertThat(page.text(".job-facts"))
                        .startsWith("%d / %<d tasks".formatted(PARTS + MODELS + 1))
                        .contains("%,d made again".formatted(summary.recomputedCount()));
                assertSame(page, summary, job.progress().layers());
                assertStory(page, killed.pid(), summary.recomputedCount());
            }
            pictures(page);
            takeOver(cluster, view, subscription, page);
            assertThat(page.complaints()).isEmpty();
        }
    }

    /// The scheduler is killed while a job runs: the pages go on with what the next one tells, from its beginning.
    private static void takeOver(Cluster cluster, ProgressView view, EventSubscription subscription, Page page) {
        page.size(1280, 800);
        show(page, "status");
        String opened = openedOf(page);
        try (Job job = cluster.submit(graph(), JobOptions.DEFAULTS.withName("choose another"))) {
            page.await("document.querySelector('.job').innerText.includes('choose another')"
                    + " && parseInt(document.querySelector('.job-facts').innerText) > 20");
            assertThat(cluster.schedulerProcess().orElseThrow().destroyForcibly()).isTrue();
            page.await("document.querySelectorAll('.job').length === 1"
                    + " && document.querySelector('.job .badge').innerText.includes('running')"
                    + " && parseInt(document.querySelector('.job-facts').innerText) > 20");
            job.take(0).release();
            subscription.sync();
            page.await("document.querySelector('.job .badge').innerText.includes('succeeded')");
            assertThat(view.summaries()).singleElement().satisfies(summary -> {
                assertThat(summary.name()).isEqualTo("choose another");
                assertThat(page.text(".job-facts")).startsWith("%d / %<d tasks".formatted(PARTS + MODELS + 1));
                assertSame(page, summary, job.progress().layers());
            });
        }
        assertThat(openedOf(page)).as("when the scheduler was opened").isGreaterThan(opened);
        show(page, "workers");
        page.await("document.querySelectorAll('.scrolls tbody tr').length === 2"
                + " && [...document.querySelectorAll('.scrolls tbody tr')].every(row => row.innerText.includes('here'))");
    }

    /// What a page is told first, as all others were.
    private static String openedOf(Page page) {
        return page.evaluate("""
                fetch('/api/v1/events').then(async answer => {
                  const reader = answer.body.getReader();
                  let text = '';
                  while (!text.includes('"opened":"')) {
                    text += new TextDecoder().decode((await reader.read()).value);
                  }
                  await reader.cancel();
                  return /"opened":"([^"]*)"/.exec(text)[1];
                })
                """).asText();
    }

    /// The API says what the engine does.
    private static void assertSame(Page page, JobSummary summary, List<LayerProgress> layers) {
        JsonNode job = page.evaluate("fetch('/api/v1/jobs').then(answer => answer.json()).then(({jobs}) => jobs[0])");
        assertThat(job.path("recomputed").asLong()).isEqualTo(summary.recomputedCount());
        assertThat(job.path("layers")).hasSize(layers.size());
        for (int i = 0; i < layers.size(); i++) {
            JsonNode shown = job.path("layers").path(i);
            assertThat(shown.path("finished").asInt()).isEqualTo(layers.get(i).finishedCount());
            assertThat(shown.path("tasks").asInt()).isEqualTo(layers.get(i).taskCount());
            assertThat(shown.path("rows").asLong()).isEqualTo(layers.get(i).outputRows());
            assertThat(shown.path("busy").asLong()).isEqualTo(layers.get(i).busy().toNanos());
        }
        assertThat(page.evaluate("fetch('/metrics').then(answer => answer.text())").asText())
                .contains("\nlazuli_tasks_recomputed_total %d\n".formatted(summary.recomputedCount()),
                        "name=\"worker-1\"");
    }

    /// Who was lost, why, what that cost, and who came in its place.
    private static void assertStory(Page page, long processId, long recomputedCount) {
        show(page, "failures");
        page.await("document.querySelector('.is-worker')");
        String story = page.text(".is-worker");
        assertThat(story).contains(
                "Worker lost", "worker-0 (process %d on 127.0.0.1) was lost".formatted(processId),
                "its process was killed (signal 9)", "%,d results, which are made again:".formatted(recomputedCount),
                "of read part of choose a model");
        assertThat(page.evaluate("document.querySelectorAll('.failure').length").asInt()).isEqualTo(1);
        show(page, "workers");
        page.await("document.querySelectorAll('.scrolls tbody tr').length === 3");
        String row = page.evaluate("[...document.querySelectorAll('.scrolls tbody tr')].map(row => row.innerText)"
                + ".find(text => text.includes('process " + processId + "'))").asText();
        assertThat(row).startsWith("worker-0").contains("lost: its process was killed (signal 9)");
        page.await("[...document.querySelectorAll('.scrolls tbody tr')].filter(row => row.innerText.includes('here'))"
                + ".length === 2");
    }

    private static void show(Page page, String name) {
        page.evaluate("location.hash = '#/" + name + "'");
        page.await("document.querySelector('main > .page:not([hidden])') && location.hash === '#/" + name + "'");
    }

    private static void pictures(Page page) {
        for (String name : List.of("workers", "failures")) {
            show(page, name);
            for (String theme : new String[] {"dark", "light"}) {
                page.size(1280, 520).prefers(theme)
                        .await("document.documentElement.dataset.theme === '" + theme + "'");
                page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 600)))");
                page.screenshot(PICTURES.resolve("cluster-" + name + "-" + theme + ".png"));
            }
            page.size(390, 844);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth").asBoolean())
                    .as(name + " is wider than a phone").isTrue();
        }
    }
}

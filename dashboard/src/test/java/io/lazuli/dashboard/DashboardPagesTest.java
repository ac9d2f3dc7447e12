package io.lazuli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dashboard.browser.Browser;
import io.lazuli.dashboard.browser.Page;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("browser")
@Timeout(120)
class DashboardPagesTest {
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @Test
    void aJobRuns_andTheStatusPageEndsWithItsNumbers() {
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(2).withBufferBytes(1 << 26));
                Dashboard dashboard = Dashboard.open(DashboardOptions.DEFAULTS.withPort(0), engine.events());
                Page page = browser.newPage()) {
            page.go(dashboard.url()).await("document.querySelector('.page .empty h2').innerText === 'No jobs yet'");
            var increment = Delayed.function((Integer i) -> {
                long until = System.nanoTime() + 200_000;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return i + 1;
            }).named("increment");
            var sum = Delayed.functionOfAll((List<Integer> values) -> values.size()).named("sum");
            List<Delayed<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                calls.add(increment.call(i));
            }
            assertThat(sum.call(calls).compute(engine, JobOptions.DEFAULTS.withName("sums").withFusion(false)))
                    .isEqualTo(20_000);
            page.await("document.querySelector('.badge').innerText.includes('succeeded')");
            assertThat(page.text(".job-facts")).startsWith("20,001 / 20,001 tasks");
            page.screenshot(java.nio.file.Path.of("target/screenshots/first.png"));
            assertThat(page.complaints()).isEmpty();
        }
    }
}

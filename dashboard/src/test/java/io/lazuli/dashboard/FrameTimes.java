package io.lazuli.dashboard;

import io.lazuli.dashboard.browser.Browser;
import io.lazuli.dashboard.browser.Page;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How smooth the status page is while a record of 100,000 tasks plays, all of which it shows: times between two frames in Chromium. A
/// program, not a test: its numbers mean something on a calm machine only.
///
/// ```
/// {"frames":600,"p50":16.7,"p95":16.8,...}
/// ```
final class FrameTimes {
    private static final int TASKS = 100_000;
    private static final String MEASURE = """
            new Promise(done => {
              const times = [];
              let last = performance.now();
              const end = last + 15_000;
              const frame = now => {
                times.push(now - last);
                last = now;
                if (now < end) {
                  requestAnimationFrame(frame);
                } else {
                  times.sort((a, b) => a - b);
                  const at = share => Number(times[Math.floor((times.length - 1) * share)].toFixed(1));
                  done({frames: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1)});
                }
              };
              requestAnimationFrame(frame);
            })""";

    private FrameTimes() {}

    public static void main(String[] arguments) throws Exception {
        Path log = Files.createTempFile("lazuli", ".events");
        try (LocalEngine engine = LocalEngine.open(Work.options().withEventLog(log))) {
            for (int job = 0; job < 4; job++) {
                Work.calls(engine, "job " + job, "step " + job, TASKS / 4, Duration.ofNanos(200_000));
            }
        }
        try (Dashboard dashboard = Dashboard.replay(DashboardOptions.DEFAULTS.withPort(0), log);
                Browser browser = Browser.start();
                Page page = browser.newPage()) {
            page.go(dashboard.url()).await("document.querySelector('.job')");
            page.evaluate("(select => { select.value = '0'; select.dispatchEvent(new Event('change')); })"
                    + "(document.querySelector('.stream-card select'))");
            System.out.println("standing, all in sight: " + page.evaluate(MEASURE));
            page.evaluate("document.querySelector('.play').click()");
            page.await("document.querySelector('.job .badge').innerText.includes('running')");
            System.out.println("playing: " + page.evaluate(MEASURE));
            System.out.println("tasks in sight at the end: " + page.text(".tile-value"));
        } finally {
            Files.delete(log);
        }
    }
}

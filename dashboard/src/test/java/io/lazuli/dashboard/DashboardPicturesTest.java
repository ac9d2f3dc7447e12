package io.lazuli.dashboard;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.median;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dashboard.browser.Browser;
import io.lazuli.dashboard.browser.Page;
import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.Engine;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// A picture of each page, dark and light, wide and narrow, in `target/screenshots`: for people to look at, and for the documentation.
/// What can be tested of it is that pages show what they are about, fit, and complain of nothing.
@Tag("browser")
@EnabledIf("io.lazuli.dashboard.browser.Browser#isInstalled")
@Timeout(180)
class DashboardPicturesTest {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final String DATA = "../tests/examples/data/";

    /// Delays by route and by airport, joined: a dozen layers.
    private static DataFrame question() {
        DataFrame flights = DataFrame.readParquet(DATA + "flights/*.parquet");
        DataFrame many = flights.concat(flights, flights, flights).withRowIndex("number");
        DataFrame airports = DataFrame.readCsv(DATA + "airports.csv").select("iata", "city", "state");
        DataFrame routes = many.filter(col("distance").gt(100))
                .groupBy("origin", "destination", "date").agg(count().as("flights"), median("delay").as("typical"));
        DataFrame worst = many.groupBy("origin").agg(max("delay").as("worst"), mean("delay").as("mean"));
        return routes.join(worst).on("origin")
                .join(airports).leftOn("origin").rightOn("iata")
                .sort(col("typical").desc(), col("origin").asc());
    }

    @Test
    void eachPage() {
        LocalEngine engine = (LocalEngine) Engine.shared();
        try (Dashboard dashboard = Dashboard.open(DashboardOptions.DEFAULTS.withPort(0), engine.events());
                Browser browser = Browser.start();
                Page page = browser.newPage()) {
            page.size(1280, 800).prefers("dark").go(dashboard.url());
            page.await("document.querySelector('.page .empty h2')");
            page.screenshot(PICTURES.resolve("empty-dark.png"));
            question().writeParquet("target/question.parquet",
                    io.lazuli.dataframe.io.ParquetWriteOptions.DEFAULTS.withOverwrite(true));
            Work.failure(engine, "price check", "parse price", "line 7 of prices.csv has 3 fields, expected 4");
            Work.calls(engine, "train 2,000 trees", "fit tree", 2_000, Duration.ofMillis(1));
            CompletableFuture<Integer> job = CompletableFuture.supplyAsync(
                    () -> Work.calls(engine, "score customers", "score", 6_000, Duration.ofMillis(1)));
            page.await("parseInt(document.querySelector('.job-facts').innerText.replace(',', '')) > 1500");
            for (String theme : new String[] {"dark", "light"}) {
                page.prefers(theme).await("document.documentElement.dataset.theme === '" + theme + "'");
                page.screenshot(PICTURES.resolve("running-" + theme + ".png"));
            }
            job.join();
            page.await("document.querySelector('.job .badge').innerText.includes('succeeded')");
            eachPage(page, largest(page));
            assertThat(page.complaints()).isEmpty();
        }
    }

    /// Id of the job with most layers.
    private static String largest(Page page) {
        return page.evaluate("fetch('/api/v1/jobs').then(answer => answer.json())"
                + ".then(({jobs}) => String(jobs.sort((a, b) => b.plan.length - a.plan.length)[0].id))").asText();
    }

    private static void eachPage(Page page, String largest) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("status", ".tile-value");
        pages.put("graph/" + largest, ".box-label");
        pages.put("plan/" + largest, ".plan-label");
        pages.put("workers", "tbody th");
        pages.put("workers/0", ".chart canvas");
        pages.put("failures", ".failure");
        pages.forEach((name, content) -> {
            page.evaluate("location.hash = '#/" + name + "'");
            page.await("document.querySelector('" + content + "')");
            String file = name.replace("/" + largest, "").replace('/', '-');
            for (String theme : new String[] {"dark", "light"}) {
                page.size(1280, 800).prefers(theme)
                        .await("document.documentElement.dataset.theme === '" + theme + "'");
                settle(page);
                page.screenshot(PICTURES.resolve(file + "-" + theme + ".png"));
            }
            page.size(390, 844);
            settle(page);
            page.screenshot(PICTURES.resolve(file + "-phone.png"));
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth").asBoolean()).isTrue();
        });
    }

    /// Until what has changed is drawn, and what moves has arrived.
    private static void settle(Page page) {
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 250)))"
                + ".then(() => Promise.all(document.getAnimations()"
                + ".filter(animation => animation.effect.getComputedTiming().endTime !== Infinity)"
                + ".map(animation => animation.finished.catch(() => 0)))).then(() => 1)");
    }
}

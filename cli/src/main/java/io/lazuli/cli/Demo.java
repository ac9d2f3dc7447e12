package io.lazuli.cli;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;

import io.lazuli.cli.Main.UsageException;
import io.lazuli.dashboard.Dashboard;
import io.lazuli.dashboard.DashboardOptions;
import io.lazuli.dataframe.DataFrame;

import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.ProgressText;
import io.lazuli.scheduler.ObservableEngine;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.ProgressBar;
import io.lazuli.scheduler.event.ProgressBarOptions;
import io.lazuli.scheduler.event.ProgressView;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// `lazuli demo`: how late flights are, by airport and month. Prints the plan, the progress of its layers, the result and where
/// the time went, and leaves the result as a Parquet file.
final class Demo {
    private static final List<String> OPTIONS = List.of("--data", "--airports", "--output", "--workers");
    private static final String DASHBOARD = "--dashboard";
    /// A month at an airport counts from this many flights on.
    private static final int FEWEST_FLIGHTS = 20;

    private Demo() {}

    static int run(List<String> arguments, PrintStream out) {
        Map<String, String> options =
                parse(arguments.stream().filter(argument -> !argument.equals(DASHBOARD)).toList());
        if (options.get("--workers") instanceof String workers) {
            System.setProperty("lazuli.workers", workers);
        }
        EventStream events = ((ObservableEngine) Engine.shared()).events();
        if (!arguments.contains(DASHBOARD)) {
            return answer(options, events, out);
        }
        try (Dashboard dashboard = Dashboard.open(DashboardOptions.DEFAULTS, events)) {
            out.println("Dashboard: " + dashboard.url());
            int status = answer(options, events, out);
            Keyboard.awaitEnter(dashboard, out);
            return status;
        }
    }

    private static int answer(Map<String, String> options, EventStream events, PrintStream out) {
        Path examples = examples();
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        String output = options.getOrDefault("--output", scratch.resolve("lazuli-demo.parquet").toString());

        DataFrame flights =
                DataFrame.readParquet(options.getOrDefault("--data", examples.resolve("flights/*.parquet").toString()));
        DataFrame airports =
                DataFrame.readCsv(options.getOrDefault("--airports", examples.resolve("airports.csv").toString()));
        DataFrame delays = delays(flights, airports);

        out.println(delays.explain());
        ProgressPrinter progress;
        ProgressView view = new ProgressView();
        try (EventSubscription _ = events.subscribe(view, Delivery.LOSSY);
                ProgressBar bar =
                        ProgressBar.show(events, out, ProgressBarOptions.DEFAULTS.withMinimum(Duration.ZERO))) {
            progress = new ProgressPrinter(out, !bar.isShown());
            delays.withProgress(progress)
                    .writeParquet(output, ParquetWriteOptions.DEFAULTS.withOverwrite(!options.containsKey("--output")));
        }
        out.println();
        DataFrame.readParquet(output).show(out);
        out.println();
        out.print(ProgressText.summary(progress.last));
        long again = view.summaries().stream().mapToLong(JobSummary::recomputedCount).sum();
        if (again > 0) {
            out.printf("Made again because they were lost: %,d results%n", again);
        }
        out.println("Result: " + output);
        return 0;
    }

    /// The data that comes with Lazuli.
    static Path examples() {
        return Path.of(System.getProperty("lazuli.home", "."), "tests", "examples", "data");
    }

    /// The question: for each airport and month, how many of its longer flights left, how late they came in on average, what
    /// share of them was late, and the worst of them; the latest airports first.
    static DataFrame delays(DataFrame flights, DataFrame airports) {
        return flights.filter(col("distance").ge(100))
                .withColumns(
                        col("date").dt().month().as("month"),
                        col("delay").gt(15).cast(DataType.INT).as("late"))
                .groupBy("origin", "month")
                .agg(
                        count().as("flights"),
                        mean("delay").as("mean_delay"),
                        mean("late").as("late_share"),
                        max("delay").as("worst_delay"))
                .filter(col("flights").ge(FEWEST_FLIGHTS))
                .join(airports.select("iata", "name", "city", "state"))
                .leftOn("origin").rightOn("iata")
                .sort(col("mean_delay").desc(), col("origin").asc(), col("month").asc());
    }

    /// Prints a line whenever a task has ended since the last one, for who sees no progress bar.
    private static final class ProgressPrinter implements Consumer<JobProgress> {
        private final PrintStream out;
        private final boolean prints;
        private int printed = -1;
        /// Set when the job has ended, or before.
        @SuppressWarnings("NullAway.Init")
        private volatile JobProgress last;

        ProgressPrinter(PrintStream out, boolean prints) {
            this.out = out;
            this.prints = prints;
        }

        @Override
        public void accept(JobProgress progress) {
            int finished = progress.layers().stream().mapToInt(LayerProgress::finishedCount).sum();
            if (prints && finished != printed) {
                out.println("  " + ProgressText.line(progress));
            }
            printed = finished;
            last = progress;
        }
    }

    private static Map<String, String> parse(List<String> arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!OPTIONS.contains(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new UsageException(
                        "demo takes --data FILES, --airports FILE, --output FILE and --workers N, found " + arguments);
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }
}

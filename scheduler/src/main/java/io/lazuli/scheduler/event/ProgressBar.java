package io.lazuli.scheduler.event;

import java.io.Console;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows on a terminal how the jobs of an engine go, layer by layer. Silent where the output is no terminal.
///
/// ```java
/// try (ProgressBar bar = ProgressBar.show(engine.events(), System.err)) {
///     frame.compute();
/// }
/// ```
///
/// Between two frames the cursor rests at the start of the first line of the frame: what the program prints meanwhile goes
/// there and stays, and the next frame is drawn below it. Jobs that ended leave one line each.
public final class ProgressBar implements AutoCloseable {
    private static final int DEFAULT_WIDTH = 80;
    private static final String ERASE_BELOW = "\r\u001b[J";

    private final PrintStream out;
    private final ProgressBarOptions options;
    private final ProgressView view;
    private final LongSupplier nanos;
    private final ProgressFrame frame;
    /// Jobs in the frame, which want a line when they end.
    private final Set<Long> shown = new LinkedHashSet<>();
    /// What is on the terminal below the cursor; empty if nothing is.
    private String drawn = "";
    private boolean closed;
    /// Null if this bar is silent, or a test draws it.
    private @Nullable EventSubscription subscription;

    ProgressBar(PrintStream out, ProgressBarOptions options, ProgressView view, LongSupplier nanos) {
        this.out = out;
        this.options = options;
        this.view = view;
        this.nanos = nanos;
        // The last column stays free: writing there wraps on some terminals.
        this.frame = new ProgressFrame((options.width() > 0 ? options.width() : terminalWidth()) - 1);
    }

    /// Shows all jobs of an engine from now on, until it is closed; jobs shorter than half a second are not shown.
    public static ProgressBar show(EventStream events, PrintStream out) {
        return show(events, out, ProgressBarOptions.DEFAULTS);
    }

    /// Ownership: the caller closes it.
    public static ProgressBar show(EventStream events, PrintStream out, ProgressBarOptions options) {
        ProgressBar bar = new ProgressBar(out, options, new ProgressView(), events::nanos);
        if (options.isForced() || isTerminal()) {
            bar.subscription = events.subscribe(bar.view, Delivery.LOSSY);
            Thread.ofPlatform().daemon().name("lazuli-progress").start(bar::run);
        }
        return bar;
    }

    /// False if there is nobody to see it.
    public boolean isShown() {
        return subscription != null;
    }

    private static boolean isTerminal() {
        Console console = System.console();
        String terminal = System.getenv("TERM");
        return console != null && console.isTerminal() && terminal != null && !terminal.equals("dumb");
    }

    private static int terminalWidth() {
        try {
            return Math.max(1, Integer.parseInt(Optional.ofNullable(System.getenv("COLUMNS")).orElse("")));
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    private synchronized void run() {
        while (!closed) {
            draw();
            try {
                wait(options.interval().toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Draws what has changed since the last time.
    synchronized void draw() {
        List<JobPace> running = view.running(nanos.getAsLong()).stream()
                .filter(job -> job.summary().progress().elapsed().compareTo(options.minimum()) >= 0)
                .toList();
        running.forEach(job -> shown.add(job.summary().job()));
        String ended = endedLines();
        List<String> lines = frame.lines(running);
        String text = String.join("\n", lines);
        if (!ended.isEmpty() || !text.equals(drawn)) {
            String back = lines.size() > 1 ? "\u001b[" + (lines.size() - 1) + "A\r" : lines.isEmpty() ? "" : "\r";
            out.print((drawn.isEmpty() ? "" : ERASE_BELOW) + ended + text + back);
            out.flush();
            drawn = text;
        }
    }

    /// A line for each job that was shown and does not run any more.
    private String endedLines() {
        List<JobSummary> ended = shown.stream()
                .map(view::summary)
                .flatMap(Optional::stream)
                .filter(job -> job.progress().state() != io.lazuli.graph.JobProgress.State.RUNNING)
                .toList();
        ended.forEach(job -> shown.remove(job.job()));
        return ended.stream().map(job -> frame.ended(job) + "\n").collect(Collectors.joining());
    }

    /// Leaves a line for each job that has ended, and removes the rest.
    @Override
    public void close() {
        EventSubscription ending = subscription;
        if (ending != null) {
            ending.close();
        }
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
            if (!drawn.isEmpty() || !shown.isEmpty()) {
                out.print((drawn.isEmpty() ? "" : ERASE_BELOW) + endedLines());
                out.flush();
            }
        }
    }
}

package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Shows on a terminal how the jobs of an engine go, layer by layer. Silent where the output is no terminal.
///
/// ```java
/// try (ProgressBar bar = ProgressBar.show(engine.events(), System.err)) {
///     frame.compute();
/// }
/// ```
///
/// Between two frames the cursor rests on the empty line above the frame: what the program prints meanwhile goes there and stays,
/// and the next frame is drawn below it. Jobs that ended leave one line each. A frame is written in one piece over
/// the last one, so that it does not flicker, and lines that are too long for a terminal that was made narrower are cut by it.
public final class ProgressBar implements AutoCloseable {
    private static final String ERASE_BELOW = "\u001b[J";
    private static final String ERASE_LINE = "\u001b[K";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final ProgressBarOptions options;
    private final ProgressView view;
    private final LongSupplier nanos;
    private final ProgressFrame frame;
    private final IntSupplier width;
    /// Jobs in the frame, which want a line when they end.
    private final Set<Long> shown = new LinkedHashSet<>();
    /// What is on the terminal below the cursor; empty if nothing is.
    private String drawn = "";
    private boolean closed;
    /// Null if this bar is silent, or a test draws it.
    private @Nullable EventSubscription subscription;

    /// @param width columns of the terminal at the moment
    ProgressBar(
            PrintStream out, ProgressBarOptions options, ProgressView view, LongSupplier nanos, IntSupplier width) {
        this.out = out;
        this.options = options;
        this.view = view;
        this.nanos = nanos;
        this.width = width;
        this.frame = new ProgressFrame(width.getAsInt() - 1);
    }

    /// Shows all jobs of an engine from now on, until it is closed; jobs shorter than half a second are not shown.
    public static ProgressBar show(EventStream events, PrintStream out) {
        return show(events, out, ProgressBarOptions.DEFAULTS);
    }

    /// Ownership: the caller closes it.
    public static ProgressBar show(EventStream events, PrintStream out, ProgressBarOptions options) {
        Optional<Terminal> terminal = Terminal.of(out);
        IntSupplier width = () -> options.width() > 0
                ? options.width()
                : terminal.map(Terminal::width).orElseGet(Terminal::usualWidth);
        ProgressBar bar = new ProgressBar(out, options, new ProgressView(), events::nanos, width);
        if (options.isForced() || terminal.isPresent()) {
            bar.subscription = events.subscribe(bar.view, Delivery.LOSSY);
            Thread.ofPlatform().daemon().name("lazuli-progress").start(bar::run);
        }
        return bar;
    }

    /// False if there is nobody to see it.
    public boolean isShown() {
        return subscription != null;
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
        // The last column stays free: writing there wraps on some terminals.
        frame.resize(width.getAsInt() - 1);
        // First, because the view goes on meanwhile: a job that ends now is in neither list, and gets its line the next time.
        List<String> ended = endedLines();
        List<JobPace> running = view.running(nanos.getAsLong()).stream()
                .filter(job -> job.summary().progress().elapsed().compareTo(options.minimum()) >= 0)
                .toList();
        running.forEach(job -> shown.add(job.summary().job()));
        List<String> lines = frame.lines(running);
        String text = String.join("\n", lines);
        if (!ended.isEmpty() || !text.equals(drawn)) {
            write(ended, lines);
            drawn = text;
        }
    }

    /// Writes a frame over the last one, below the lines that are to stay.
    private void write(List<String> staying, List<String> lines) {
        StringBuilder text = new StringBuilder(drawn.isEmpty() ? "" : "\r");
        staying.forEach(line -> text.append(line).append(ERASE_LINE).append('\n'));
        if (lines.isEmpty()) {
            text.append(ERASE_BELOW);
        } else {
            text.append(NO_WRAP);
            lines.forEach(line -> text.append(ERASE_LINE).append('\n').append(line));
            text.append(ERASE_BELOW).append(WRAP).append("\u001b[").append(lines.size()).append("A\r");
        }
        out.print(text);
        out.flush();
    }

    /// A line for each job that was shown and does not run any more.
    private List<String> endedLines() {
        List<JobSummary> ended = shown.stream()
                .map(view::summary)
                .flatMap(Optional::stream)
                .filter(job -> job.progress().state() != JobProgress.State.RUNNING)
                .toList();
        ended.forEach(job -> shown.remove(job.job()));
        return ended.stream().map(frame::ended).toList();
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
                write(endedLines(), List.of());
            }
        }
    }
}

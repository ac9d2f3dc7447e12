package io.lazuli.graph;

import io.lazuli.graph.JobProgress.LayerProgress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A job's progress as text: for people, and the same wherever it is shown.
///
/// ```java
/// System.err.print("\r" + ProgressText.line(job.progress()));
/// ```
public final class ProgressText {
    private ProgressText() {}

    /// One line: `1.2 s  scan flights.parquet > aggregate 5/8  merge 0/32`. Layers that have ended are left out while others run.
    public static String line(JobProgress progress) {
        List<LayerProgress> open =
                progress.layers().stream().filter(layer -> layer.finishedCount() < layer.taskCount()).toList();
        String layers = open.isEmpty()
                ? progress.state().name().toLowerCase(Locale.ROOT)
                : open.stream()
                        .map(layer -> "%s %d/%d".formatted(layer.label(), layer.finishedCount(), layer.taskCount()))
                        .collect(Collectors.joining("  "));
        return seconds(progress.elapsed()) + "  " + layers;
    }

    /// Where the time of a job went: its layers, the busiest first, with the share of all busy time, tasks and output.
    public static String summary(JobProgress progress) {
        Duration busy = progress.layers().stream().map(LayerProgress::busy).reduce(Duration.ZERO, Duration::plus);
        String layers = progress.layers().stream()
                .sorted(Comparator.comparing(LayerProgress::busy).reversed())
                .map(layer -> row(layer, busy))
                .collect(Collectors.joining());
        return "%s in %s, %s of work, %s spilled%n%s"
                .formatted(
                        progress.state().name().toLowerCase(Locale.ROOT),
                        seconds(progress.elapsed()),
                        seconds(busy),
                        bytes(progress.spilledBytes()),
                        layers);
    }

    private static String row(LayerProgress layer, Duration all) {
        double share = all.isZero() ? 0 : 100.0 * layer.busy().toNanos() / all.toNanos();
        return String.format(
                Locale.ROOT,
                "%5.1f %%  %8s  %d tasks  %,d rows  %s  %s%n",
                share,
                seconds(layer.busy()),
                layer.taskCount(),
                layer.outputRows(),
                bytes(layer.outputBytes()),
                layer.label());
    }

    /// Such as `0.25 s`.
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    /// Such as `1.5 MiB`.
    public static String bytes(long count) {
        if (count < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", count / 1024.0);
        }
        return count < 1 << 30
                ? String.format(Locale.ROOT, "%.1f MiB", count / 1048576.0)
                : String.format(Locale.ROOT, "%.1f GiB", count / 1073741824.0);
    }
}

package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.ProgressText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a [ProgressBar] shows at one moment: lines shorter than the terminal is wide.
///
/// ```
///   count 1.20 s, 145/232 tasks, 0.2 s left
///     scan trips.csv > aggregate  ############........   120/200   380/s  0.2 s left
///     merge                       ################....    25/32     80/s  0.1 s left
///   search 3.20 s, 130/400 tasks, 1.5 GiB spilled
///     candidates                  ####..................    12/60
///       fit                       ######................   118/340   61/s  3.6 s left
/// ```
///
/// What tasks set off stands below the layers of their job, further in.
///
/// Layers that have ended are left out, and so are those that have not started, but for how many they are.
final class ProgressFrame {
    /// Most lines for the layers of a job.
    private static final int MOST_LAYERS = 8;
    private static final int LEAST_BAR = 8;
    private static final int LEAST_NAME = 8;
    private static final int LARGEST_BAR = 30;
    /// Below this width a layer is its name and its share.
    private static final int NARROW = 50;

    /// Columns that a line may take.
    private int width;
    /// Columns of rate and time left. They only grow while jobs are shown, so that bars do not twitch.
    private int rateWidth;
    private int leftWidth;

    ProgressFrame(int width) {
        this.width = width;
    }

    void resize(int width) {
        this.width = width;
    }

    List<String> lines(List<JobPace> jobs) {
        if (jobs.isEmpty()) {
            rateWidth = 0;
            leftWidth = 0;
        }
        List<String> lines = new ArrayList<>();
        for (JobPace job : jobs) {
            lines.add(header(job));
            lines.addAll(layers(job));
        }
        return lines;
    }

    /// What stays of a job that has ended.
    String ended(JobSummary job) {
        return named(job, "%s, %,d tasks in %s%s".formatted(
                job.progress().state().name().toLowerCase(Locale.ROOT),
                job.finishedCount(),
                ProgressText.seconds(job.progress().elapsed()),
                spilled(job)));
    }

    /// A long name must not cost the numbers behind it, as long as there is room for a few letters.
    private String named(JobSummary job, String text) {
        int room = Math.max(LEAST_NAME, width - 1 - text.length());
        return cut(shorten(printable(job.name()), room) + " " + text);
    }

    private String header(JobPace job) {
        JobSummary summary = job.summary();
        String left = job.all().timeLeft().map(time -> ", " + text(time) + " left").orElse("");
        return named(summary, "%s, %,d/%,d tasks%s%s".formatted(
                ProgressText.seconds(summary.progress().elapsed()),
                summary.finishedCount(),
                summary.taskCount(),
                spilled(summary),
                left));
    }

    private static String spilled(JobSummary job) {
        long bytes = job.spill().writtenBytes();
        return bytes == 0 ? "" : ", " + ProgressText.bytes(bytes) + " spilled";
    }

    private List<String> layers(JobPace job) {
        List<Row> rows = new ArrayList<>();
        int toCome = add(job.summary().progress().layers(), job.layers(), "  ", rows)
                + add(job.summary().inner(), job.inner(), "    ", rows);
        List<String> lines = new ArrayList<>(width < NARROW ? narrow(rows) : wide(rows));
        if (toCome > 0) {
            lines.add(cut("  %,d more %s".formatted(toCome, toCome == 1 ? "layer" : "layers")));
        }
        return lines;
    }

    /// Adds rows for the layers that run, as long as there is room; returns how many others are still to end.
    private static int add(List<LayerProgress> layers, List<Pace> paces, String indent, List<Row> rows) {
        int toCome = 0;
        for (int i = 0; i < layers.size(); i++) {
            LayerProgress layer = layers.get(i);
            boolean ended = layer.finishedCount() == layer.taskCount();
            boolean started = layer.finishedCount() + layer.runningCount() > 0;
            if (!ended && started && rows.size() < MOST_LAYERS) {
                rows.add(Row.of(indent, layer, paces.get(i)));
            } else if (!ended) {
                toCome++;
            }
        }
        return toCome;
    }

    /// One layer as the texts of its columns.
    private record Row(String label, double share, String count, String rate, String left) {
        static Row of(String indent, LayerProgress layer, Pace pace) {
            String all = "%,d".formatted(layer.taskCount());
            String finished = "%,d".formatted(layer.finishedCount());
            return new Row(
                    indent + printable(layer.label()),
                    (double) layer.finishedCount() / layer.taskCount(),
                    " ".repeat(Math.max(0, all.length() - finished.length())) + finished + "/" + all,
                    pace.tasksPerSecond() < 0.05 ? "" : rate(pace.tasksPerSecond()),
                    pace.timeLeft().map(time -> text(time) + " left").orElse(""));
        }

        private static String rate(double perSecond) {
            return perSecond < 10
                    ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                    : String.format(Locale.ROOT, "%,.0f/s", perSecond);
        }
    }

    private List<String> narrow(List<Row> rows) {
        return rows.stream()
                .map(row -> {
                    String share = " %3d %%".formatted((int) (100 * row.share));
                    int label = Math.max(0, width - share.length());
                    return cut(pad(shorten(row.label, label), label) + share);
                })
                .toList();
    }

    private List<String> wide(List<Row> rows) {
        int count = rows.stream().mapToInt(row -> row.count.length()).max().orElse(0);
        rateWidth = rows.stream().mapToInt(row -> row.rate.length()).reduce(rateWidth, Math::max);
        leftWidth = rows.stream().mapToInt(row -> row.left.length()).reduce(leftWidth, Math::max);
        int longest = rows.stream().mapToInt(row -> row.label.length()).max().orElse(0);
        int free = width - 8 - count - rateWidth - leftWidth;
        int label = Math.min(longest, Math.max(free - LEAST_BAR, free / 2));
        int bar = Math.min(LARGEST_BAR, free - label);
        return rows.stream()
                .map(row -> cut(pad(shorten(row.label, label), label) + "  " + bar(row.share, bar) + "  "
                        + " ".repeat(count - row.count.length()) + row.count + "  "
                        + " ".repeat(rateWidth - row.rate.length()) + row.rate + "  " + row.left).stripTrailing())
                .toList();
    }

    private static String bar(double share, int length) {
        int done = (int) (share * length);
        return "#".repeat(done) + ".".repeat(Math.max(0, length - done));
    }

    /// Such as `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
    static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %d s".formatted(seconds / 60, seconds % 60)
                : "%d h %d min".formatted(seconds / 3600, seconds / 60 % 60);
    }

    private String cut(String line) {
        return shorten(printable(line), width);
    }

    /// Control characters would move the cursor.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String shorten(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return length < 4 ? text.substring(0, Math.max(0, length)) : text.substring(0, length - 3) + "...";
    }

    private static String pad(String text, int length) {
        return text + " ".repeat(Math.max(0, length - text.length()));
    }
}

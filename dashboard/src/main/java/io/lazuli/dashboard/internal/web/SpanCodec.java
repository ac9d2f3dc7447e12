package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.json.Json;
import io.lazuli.scheduler.event.TaskSpan;
import io.lazuli.scheduler.event.TaskTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Attempts as rows of numbers, for pictures: worker, thread, label, start and length in microseconds, partition, whether it failed,
/// how many. Labels are numbers, told once.
///
/// Where there are too many, those that follow each other closely on a thread and are of the same layer become one.
final class SpanCodec {
    /// Labels beyond are told as one.
    private static final int MOST_LABELS = 2_000;
    private static final String OTHERS = "others";
    /// Between two attempts that may become one.
    private static final long CLOSE_NANOS = 300_000;
    /// A run of attempts is not drawn out longer than this.
    private static final long LONGEST_NANOS = 20_000_000;

    private final Map<String, Integer> labels = new LinkedHashMap<>();

    /// Numbers told so far.
    int labelCount() {
        return labels.size();
    }

    /// Labels from number `first` on.
    Json labelsFrom(int first) {
        Json json = new Json().array();
        labels.keySet().stream().skip(first).forEach(json::add);
        return json.endArray();
    }

    /// A run of attempts.
    private record Run(TaskSpan first, long endNanos, int count) {
        boolean isFollowedBy(TaskSpan next) {
            return next.layer().equals(first.layer())
                    && next.transition() == first.transition()
                    && next.startNanos() - endNanos < CLOSE_NANOS
                    && next.endNanos() - first.startNanos() < LONGEST_NANOS;
        }
    }

    /// @param most rows; if runs are more, the last are told
    Json rows(List<TaskSpan> spans, int most) {
        List<Run> runs = spans.size() <= most
                ? spans.stream().map(span -> new Run(span, span.endNanos(), 1)).toList()
                : runs(spans);
        Json json = new Json().array();
        for (Run run : runs.subList(Math.max(0, runs.size() - most), runs.size())) {
            row(json, run);
        }
        return json.endArray();
    }

    private static List<Run> runs(List<TaskSpan> spans) {
        List<Run> ended = new ArrayList<>();
        Map<Long, Run> open = new LinkedHashMap<>();
        for (TaskSpan span : spans) {
            long thread = (long) span.worker() << 32 | span.thread();
            Run run = open.get(thread);
            if (run != null && run.isFollowedBy(span)) {
                open.put(thread, new Run(run.first, span.endNanos(), run.count + 1));
            } else {
                if (run != null) {
                    ended.add(run);
                }
                open.put(thread, new Run(span, span.endNanos(), 1));
            }
        }
        ended.addAll(open.values());
        return ended;
    }

    private void row(Json json, Run run) {
        TaskSpan span = run.first;
        json.add(span.worker())
                .add(span.thread())
                .add(label(span.layer()))
                .add(span.startNanos() / 1_000)
                .add(Math.max(1, (run.endNanos - span.startNanos()) / 1_000))
                .add(span.partition())
                .add(span.transition() == TaskTransition.FINISHED ? 0 : 1)
                .add(run.count);
    }

    private int label(String label) {
        String known = labels.size() < MOST_LABELS || labels.containsKey(label) ? label : OTHERS;
        return labels.computeIfAbsent(known, _ -> labels.size());
    }
}

package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.core.Event;
import io.lazuli.scheduler.internal.worker.WorkerEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Everything that was said and done, as a hash; when it is recorded, the last of it as text too.
final class Trace {
    private static final int KEPT = Integer.getInteger("lazuli.trace", 100);

    private final Agenda agenda;
    private final boolean isRecorded;
    private final Deque<String> last = new ArrayDeque<>();
    private long hash;

    Trace(Agenda agenda, boolean isRecorded) {
        this.agenda = agenda;
        this.isRecorded = isRecorded;
    }

    boolean isRecorded() {
        return isRecorded;
    }

    /// Of all text so far, if it is recorded; else of times alone.
    long hash() {
        return hash;
    }

    /// The last lines, oldest first.
    List<String> last() {
        return List.copyOf(last);
    }

    /// @param what a record; turned into text only if that is recorded
    void tell(String who, int index, Object what) {
        hash = Work.mix(hash, agenda.now());
        if (isRecorded) {
            String line = "%,15d us  %s %d: %s".formatted(agenda.now() / 1000, who, index, text(what));
            hash = Work.mix(hash, line.hashCode());
            last.addLast(line);
            if (last.size() > KEPT) {
                last.removeFirst();
            }
        }
    }

    /// Plans print as objects do, which differs from run to run.
    private static String text(Object what) {
        return switch (what) {
            case Event.JobSubmitted e -> "JobSubmitted[job=" + e.job() + "]";
            case Event.TaskExpanded e -> "TaskExpanded[worker=%d, incarnation=%d, task=%d, attempt=%d, job=%d]"
                    .formatted(e.worker(), e.incarnation(), e.task(), e.attempt(), e.job());
            case WorkerEvent.JobAnnounced e -> "JobAnnounced[job=%d, firstTask=%d]".formatted(e.job(), e.firstTask());
            case WorkerEvent.TaskExpanded e ->
                "TaskExpanded[task=%d, attempt=%d, job=%d]".formatted(e.task(), e.attempt(), e.job());
            default -> what.toString();
        };
    }
}
